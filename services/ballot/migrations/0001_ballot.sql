-- Ballots on paper: what was called, how many papers went out and came back, the tellers' sheets, the result.

CREATE TABLE ballot (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    follows_id uuid,
    call_reason text NOT NULL,
    meeting_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    title text NOT NULL,
    period text NOT NULL,
    channel text NOT NULL CHECK (channel = 'paper'),
    places int NOT NULL CHECK (places >= 1),
    choices int NOT NULL CHECK (choices BETWEEN 1 AND places),
    calculation text NOT NULL,
    entitled int NOT NULL CHECK (entitled >= 0),
    expected int NOT NULL CHECK (expected BETWEEN 0 AND entitled),
    tellers uuid[] NOT NULL CHECK (cardinality(tellers) = 2),
    scheme_id uuid NOT NULL,
    scheme_version int NOT NULL,
    state text NOT NULL CHECK (state IN ('called', 'open', 'closed', 'entered', 'counted', 'annulled')),
    present int CHECK (present BETWEEN 1 AND entitled),
    issued int CHECK (issued BETWEEN 1 AND present),
    returned int CHECK (returned >= 0),
    explanation text NOT NULL DEFAULT '',
    valid int CHECK (valid >= 0),
    invalid int CHECK (invalid >= 0),
    abstained int CHECK (abstained BETWEEN 0 AND valid),
    called_at timestamptz NOT NULL,
    opened_at timestamptz,
    closed_at timestamptz,
    counted_at timestamptz,
    annulled_at timestamptz,
    annulled_by uuid,
    annulment text NOT NULL DEFAULT '',
    statement text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id),
    CHECK ((state = 'annulled') = (annulled_at IS NOT NULL)),
    CHECK (returned <= issued OR state = 'annulled'),
    CHECK (state <> 'counted' OR counted_at IS NOT NULL),
    CHECK (counted_at IS NULL OR valid + invalid = returned)
);
CREATE INDEX ballot_organization ON ballot (tenant_id, organization_id, called_at DESC);
CREATE INDEX ballot_follows ON ballot (tenant_id, follows_id) WHERE follows_id IS NOT NULL;
CREATE INDEX ballot_tellers ON ballot USING gin (tellers);
COMMENT ON TABLE ballot IS 'A secret ballot of a branch and its state; nothing in it tells who voted how. expected is 实到会 as the meeting told it, present as the tellers counted it.';

CREATE TABLE candidate (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    place int NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    note text NOT NULL,
    votes int CHECK (votes >= 0),
    PRIMARY KEY (tenant_id, ballot_id, person_id),
    UNIQUE (tenant_id, ballot_id, place),
    FOREIGN KEY (tenant_id, ballot_id) REFERENCES ballot (tenant_id, id)
);
COMMENT ON TABLE candidate IS 'The names on a ballot in the order of the call; votes stand once two tellers agreed.';

CREATE TABLE sheet (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    number int NOT NULL,
    valid int NOT NULL CHECK (valid >= 0),
    invalid int NOT NULL CHECK (invalid >= 0),
    abstained int NOT NULL CHECK (abstained BETWEEN 0 AND valid),
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    confirmed_by uuid CHECK (confirmed_by <> entered_by),
    confirmed_at timestamptz,
    disputed_by uuid,
    disputed_at timestamptz,
    dispute text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, ballot_id, number),
    FOREIGN KEY (tenant_id, ballot_id) REFERENCES ballot (tenant_id, id),
    CHECK (confirmed_at IS NULL OR disputed_at IS NULL)
);
COMMENT ON TABLE sheet IS 'A count sheet as one teller entered it; the other confirms or disputes it. Disputed sheets stay.';

CREATE TABLE sheet_total (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    number int NOT NULL,
    person_id uuid NOT NULL,
    votes int NOT NULL CHECK (votes >= 0),
    PRIMARY KEY (tenant_id, ballot_id, number, person_id),
    FOREIGN KEY (tenant_id, ballot_id, number) REFERENCES sheet (tenant_id, ballot_id, number),
    FOREIGN KEY (tenant_id, ballot_id, person_id) REFERENCES candidate (tenant_id, ballot_id, person_id)
);
COMMENT ON TABLE sheet_total IS 'How many valid papers name a candidate, on one count sheet.';

CREATE FUNCTION result_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a counted result is annulled and repeated, never edited';
END $$;
CREATE TRIGGER ballot_result_stands BEFORE UPDATE ON ballot FOR EACH ROW
    WHEN (OLD.counted_at IS NOT NULL AND
          (OLD.present, OLD.issued, OLD.returned, OLD.valid, OLD.invalid, OLD.abstained, OLD.counted_at)
          IS DISTINCT FROM
          (NEW.present, NEW.issued, NEW.returned, NEW.valid, NEW.invalid, NEW.abstained, NEW.counted_at))
    EXECUTE FUNCTION result_stands();
CREATE TRIGGER candidate_result_stands BEFORE UPDATE ON candidate FOR EACH ROW
    WHEN (OLD.votes IS NOT NULL) EXECUTE FUNCTION result_stands();
