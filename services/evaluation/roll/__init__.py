"""The roll (选民名单) of an electronic ballot: who votes by which channel, and each elector's credential."""
