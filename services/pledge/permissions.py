"""Which permission each command of pledge needs, and which role gives it how far."""
