-- The mark of a roll's public credentials: an elector's booth compares it with that of the box.

ALTER TABLE roll ADD COLUMN fingerprint text NOT NULL DEFAULT '';
COMMENT ON COLUMN roll.fingerprint IS 'SHA-256 of the public credentials as they were told to ballot; empty where an older release called the ballot.';
