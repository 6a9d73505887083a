"""What came of a promise: the confirmed deeds that refer to a pledge or to an item of it."""
