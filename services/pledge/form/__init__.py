"""Anonymous forms: tokens, the box of sums, the open form of the masses, totals from paper."""
