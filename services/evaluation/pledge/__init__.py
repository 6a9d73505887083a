"""Published pledges as the service pledge told them: what deeds refer to."""
