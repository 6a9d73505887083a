"""What a period still asks of organisations: pledgers of whom nothing was said, and what nobody summed up."""
