"""Calling the ballot, ranking what was counted, and verifying the winners again."""
