"""Gradings (电子测评): ballots on which every question is answered with one grade, called by pledge."""
