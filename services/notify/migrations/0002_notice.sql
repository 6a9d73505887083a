-- Public notices (公示) and the objections (异议) raised against what they name.

CREATE TABLE notice (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    filing_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    period text NOT NULL,
    star_title text NOT NULL,
    document text NOT NULL,
    issuer text NOT NULL,
    phone text NOT NULL,
    address text NOT NULL,
    days int NOT NULL CHECK (days >= 0),
    starts_on date NOT NULL,
    ends_on date,
    warning text NOT NULL,
    posted_at timestamptz NOT NULL,
    concluded_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, filing_id),
    CHECK ((days = 0) = (ends_on IS NULL))
);
CREATE INDEX notice_id ON notice (id);
CREATE INDEX notice_running ON notice (ends_on) WHERE concluded_at IS NULL;
CREATE INDEX notice_period ON notice (tenant_id, period);
COMMENT ON TABLE notice IS 'The names of one filing, posted for the working days of the scheme; with 0 days they are published at once.';
COMMENT ON COLUMN notice.concluded_at IS 'When the days had passed and what nobody objected to was published.';

CREATE TABLE objection (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    notice_id uuid NOT NULL,
    award_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('page', 'paper')),
    signed boolean NOT NULL,
    text bytea NOT NULL,
    name bytea,
    contact bytea,
    receipt bytea NOT NULL,
    raised_at timestamptz NOT NULL,
    entered_by uuid,
    state text NOT NULL CHECK (state IN ('raised', 'heard', 'upheld', 'dismissed')),
    hearing bytea,
    heard_by uuid,
    heard_at timestamptz,
    statement bytea,
    decided_by uuid,
    decided_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX objection_receipt ON objection (receipt);
CREATE INDEX objection_notice ON objection (tenant_id, notice_id, raised_at);
CREATE INDEX objection_award ON objection (tenant_id, award_id);
COMMENT ON TABLE objection IS 'What somebody holds against an award. Text, name, contact, hearing and statement are encrypted; no address of a machine is kept.';
COMMENT ON COLUMN objection.receipt IS 'SHA-256 of the code with which whoever objected asks for the answer.';
COMMENT ON COLUMN objection.entered_by IS 'Who entered an objection that came on paper.';
