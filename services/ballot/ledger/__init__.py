"""The ledger of a box: its archive as chain and records."""
