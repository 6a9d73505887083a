"""Steps that a ballot takes by itself and that failed: passed over, tried again, and told to its tellers."""
