"""How few ballots are too few: a sum of one or two betrays those who cast them, whatever a scheme allows."""

FEWEST = 3
"""Of two ballots each voter knows the own one, and so the other's (requirements 5.1)."""


def fewest(minimum: int) -> int:
    """Give how many electronic ballots there must be at least, where a scheme asks for `minimum`."""
    return max(minimum, FEWEST)
