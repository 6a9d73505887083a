"""履诺: what became of each matter that was promised."""
