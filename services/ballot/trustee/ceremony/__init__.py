"""The key ceremony of a period, from one seat's view."""
