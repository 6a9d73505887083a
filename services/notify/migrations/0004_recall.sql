-- Awards that evaluation took back: their ballot was annulled after the count, before or after they were filed.

CREATE TABLE recall (
    tenant_id uuid NOT NULL,
    award_id uuid NOT NULL,
    recalled_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, award_id)
);
COMMENT ON TABLE recall IS 'Kept for awards never seen here too: award.withheld may overtake award.verified.';

ALTER TABLE award DROP CONSTRAINT award_cause_check;
ALTER TABLE award ADD CONSTRAINT award_cause_check CHECK (cause IN ('objection', 'withdrawn', 'annulled', 'revoked'));
