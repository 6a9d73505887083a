-- The keys with which electronic ballots are encrypted: one for each period, made by the trustees' seats together.

CREATE TABLE ceremony (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    period text NOT NULL,
    group_name text NOT NULL,
    threshold int NOT NULL CHECK (threshold >= 1),
    seats int[] NOT NULL CHECK (threshold <= cardinality(seats)),
    state text NOT NULL CHECK (state IN ('running', 'made', 'failed')),
    fault text NOT NULL DEFAULT '',
    trustees text,
    public_key text,
    requested_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((state = 'running') = (ended_at IS NULL)),
    CHECK ((state = 'made') = (trustees IS NOT NULL AND public_key IS NOT NULL)),
    CHECK ((state = 'failed') = (fault <> ''))
);
CREATE UNIQUE INDEX ceremony_period ON ceremony (tenant_id, period) WHERE state <> 'failed';
COMMENT ON TABLE ceremony IS 'A key ceremony; at most one of a period is running or made. trustees is the exact public text that every archive carries; no secret stands here.';
COMMENT ON COLUMN ceremony.fault IS 'seat at fault:code:seat that says so; seat 0 is ballot itself.';

CREATE TABLE offer (
    tenant_id uuid NOT NULL,
    ceremony_id uuid NOT NULL,
    step text NOT NULL CHECK (step IN ('certificate', 'coefexps', 'verification')),
    seat int NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (tenant_id, ceremony_id, step, seat)
);
COMMENT ON TABLE offer IS 'What the seats offered in a ceremony, under their seals; each offers each thing once. Shares are not kept here.';
