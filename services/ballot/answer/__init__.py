"""What the trustees answered about a sealed box."""
