"""公开承诺墙: published pledges as anybody may read them, on a screen, and on paper."""
