"""This service owns ballots on paper: issuing, returning, counting by two tellers, announcing."""
