"""This service owns registers, meetings, findings, eligibility, ballots that are called, and the awards ledger."""
