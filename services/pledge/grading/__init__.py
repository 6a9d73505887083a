"""Gradings: the members' form of an occasion as a secret electronic ballot, which ballot holds (电子测评)."""
