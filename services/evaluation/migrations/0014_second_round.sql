-- Where too few pass, a scheme may let the branch vote once more on the places that are left (requirements 2.1).

ALTER TABLE election ADD COLUMN second boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN election.second IS 'A second round (另行选举): for the places that too few passed for, among those who did not pass, by the same threshold.';
ALTER TABLE election DROP CONSTRAINT election_reason_check;
ALTER TABLE election ADD CONSTRAINT election_reason_check
    CHECK (reason IN ('first', 'tie', 'second', 'void', 'annulled'));
