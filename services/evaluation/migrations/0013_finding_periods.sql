-- A finding names the quarters whose vote it keeps a member from, whenever their meetings are held (R-160).

ALTER TABLE finding ADD COLUMN periods text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN finding.periods IS 'the quarters whose vote it holds for, besides the days from valid_from_on to valid_until_on; empty where it was decided by days alone, as all were before this column';
