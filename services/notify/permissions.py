"""Which permission each command of notify needs, and which role gives it how far."""
