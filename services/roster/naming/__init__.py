"""Names: how they are written, in what order lists put them, and how they are found by pinyin."""
