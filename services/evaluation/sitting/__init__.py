"""What is recorded while a meeting sits: leave, attendance, guests, presentations, comments, discussion."""
