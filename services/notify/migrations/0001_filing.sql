-- Filings (备案) of a 党总支 or 直属党支部 with the 党委组织部, and the awards that are their lines.

CREATE TABLE filing (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    period text NOT NULL,
    batch int NOT NULL CHECK (batch > 0),
    state text NOT NULL CHECK (state IN ('submitted', 'returned', 'acknowledged', 'void')),
    revision int NOT NULL CHECK (revision >= 0),
    due_on date NOT NULL,
    opened_at timestamptz NOT NULL,
    submitted_at timestamptz NOT NULL,
    number text,
    acknowledged_on date,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, organization_id, period, batch),
    CHECK ((state = 'acknowledged') = (number IS NOT NULL AND acknowledged_on IS NOT NULL))
);
CREATE UNIQUE INDEX filing_open ON filing (tenant_id, organization_id, period) WHERE state IN ('submitted', 'returned');
CREATE INDEX filing_period ON filing (tenant_id, period);
COMMENT ON TABLE filing IS 'One 登记表 of an organisation and quarter; awards that come after its acknowledgement open the next batch.';
COMMENT ON COLUMN filing.revision IS 'Grows with every submission; the department acknowledges or returns the one it has seen.';

CREATE TABLE filing_step (
    tenant_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    act text NOT NULL CHECK (act IN ('submitted', 'returned', 'corrected', 'withdrawn', 'acknowledged')),
    revision int NOT NULL,
    at timestamptz NOT NULL,
    person_id uuid,
    statement bytea,
    PRIMARY KEY (tenant_id, filing_id, position)
);
COMMENT ON TABLE filing_step IS 'What happened to a filing, in order. Append-only.';
COMMENT ON COLUMN filing_step.person_id IS 'Empty where the system submitted by itself.';
COMMENT ON COLUMN filing_step.statement IS 'Encrypted: reasons of a return or withdrawal, what was corrected.';

CREATE TABLE award (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    filing_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    stroke_key text COLLATE "C" NOT NULL,
    identity text NOT NULL,
    ordinary boolean NOT NULL,
    deed text NOT NULL,
    period text NOT NULL,
    star_title text NOT NULL,
    scheme_id uuid NOT NULL,
    scheme_version int NOT NULL,
    state text NOT NULL CHECK (state IN ('filed', 'posted', 'published', 'stopped', 'revoked')),
    notice_id uuid,
    received_at timestamptz NOT NULL,
    published_on date,
    ended_on date,
    cause text CHECK (cause IN ('objection', 'withdrawn', 'revoked')),
    reason bytea,
    PRIMARY KEY (tenant_id, id),
    CHECK ((state IN ('stopped', 'revoked')) = (cause IS NOT NULL AND ended_on IS NOT NULL))
);
CREATE INDEX award_id ON award (id);
CREATE INDEX award_filing ON award (tenant_id, filing_id);
CREATE INDEX award_notice ON award (tenant_id, notice_id);
CREATE INDEX award_board ON award (tenant_id, period, organization_id) WHERE state = 'published';
COMMENT ON TABLE award IS 'An award on its way from filing to publication; as a line it stands on the 登记表.';
COMMENT ON COLUMN award.reason IS 'Encrypted: why it was withdrawn or revoked.';
