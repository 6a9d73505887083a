"""Who may stand: every obstacle of every member, what the system proposes and what people decide."""
