"""The electronic channel: a box that takes encrypted ballots, their chain, the sealed sum, the count."""
