"""The awards ledger and the path of every award."""
