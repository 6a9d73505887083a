"""This service owns who is who: organisations, people, positions, schemes and sign-in."""
