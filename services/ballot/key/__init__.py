"""The key of a period as ballot sees it: asked for, put together from what the seats offer, told."""
