-- The mark of a grading's public credentials: an elector's booth compares it with that of the box.

ALTER TABLE grading ADD COLUMN fingerprint text NOT NULL DEFAULT '';
COMMENT ON COLUMN grading.fingerprint IS 'SHA-256 of the public credentials as they were told to ballot; empty where an older release called the grading.';
