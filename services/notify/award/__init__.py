"""Awards: from the filing line to publication and, rarely, revocation."""
