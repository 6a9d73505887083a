"""Which permission each command of ballot needs, and which role gives it how far."""
