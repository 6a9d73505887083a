"""The quarterly meeting: announcement, attendance, presentation, comment, discussion, minutes."""
