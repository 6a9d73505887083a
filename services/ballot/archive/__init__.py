"""The archive of an electronic ballot: one append-only file that anybody can check."""
