-- What a box could not be brought to by itself, so that one in trouble holds up no other and its tellers are told.

CREATE TABLE trouble (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    step text NOT NULL CHECK (step IN ('close', 'seal', 'count')),
    code text NOT NULL,
    tries int NOT NULL CHECK (tries >= 1),
    since timestamptz NOT NULL,
    again_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id, step)
);
COMMENT ON TABLE trouble IS 'A step of a ballot that failed, how often, and when it is tried again; taken away once it succeeds. code names the error, never a ballot.';
