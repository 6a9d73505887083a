"""What the winner of an award is asked about an objection, and answers."""
