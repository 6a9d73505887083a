"""Which permission each command of roster needs, and which role gives it how far."""
