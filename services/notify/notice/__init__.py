"""Public notices (公示): the names, for the working days of the scheme."""
