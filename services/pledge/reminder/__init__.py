"""提醒: before and after the deadline of a matter, once each."""
