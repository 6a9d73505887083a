"""Which permission each command of evaluation needs, and which role gives it how far."""
