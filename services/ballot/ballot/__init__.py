"""The ballot itself: called by evaluation, repeated when void, seen by those entitled."""
