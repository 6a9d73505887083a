"""关怀: members who live in hardship or are old and alone, and what was done for them."""
