"""The wakings of workers for a box, and when they are forgotten."""
