"""How many places a branch has: exact arithmetic, the calculation line, and pooling at the general branch."""
