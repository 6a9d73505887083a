-- Which periods wait for a key is asked every few seconds: found among the called ballots, not among those of ten years.

CREATE INDEX ballot_called ON ballot (tenant_id, period) WHERE state = 'called';
