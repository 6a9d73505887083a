"""困难: what keeps somebody from fulfilling a pledge, and who helps."""
