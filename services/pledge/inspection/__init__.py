"""督查: symposia, regular inspections and random samples by a superior."""
