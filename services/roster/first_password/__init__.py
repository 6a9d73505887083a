"""Initial passwords for the people of an organisation, on slips of paper to be cut and handed out (decision 14)."""
