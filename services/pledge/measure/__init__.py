"""提醒帮助、通报批评、限期整改、通报: what people decided on a pledge that was not kept in time."""
