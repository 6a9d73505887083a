-- One seat: the ceremonies in which it takes part, the ballots that it watches, the sums that it decrypted.

CREATE TABLE ceremony (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    period text NOT NULL,
    group_name text NOT NULL,
    threshold int NOT NULL CHECK (threshold >= 1),
    seats int[] NOT NULL CHECK (threshold <= cardinality(seats)),
    state text NOT NULL CHECK (state IN ('running', 'made', 'failed')),
    seed bytea,
    share bytea,
    trustees text,
    fault text NOT NULL DEFAULT '',
    requested_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((state = 'running') = (ended_at IS NULL)),
    CHECK (state <> 'made' OR (trustees IS NOT NULL AND share IS NOT NULL AND seed IS NULL))
);
COMMENT ON TABLE ceremony IS 'A key ceremony as this seat sees it. seed (of all its secrets in the ceremony) and share are encrypted; the seed is forgotten once the ceremony ends.';

CREATE TABLE received (
    tenant_id uuid NOT NULL,
    ceremony_id uuid NOT NULL,
    step text NOT NULL CHECK (step IN ('certificate', 'coefexps', 'share', 'verification', 'key')),
    seat int NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (tenant_id, ceremony_id, step, seat)
);
COMMENT ON TABLE received IS 'What the seats (0: ballot) said in a ceremony, as it came; each says each thing once.';

CREATE TABLE watch (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    electronic boolean,
    credentials_hash text,
    names text[],
    choices int,
    secrecy_minimum int,
    opened boolean NOT NULL DEFAULT false,
    annulled boolean NOT NULL DEFAULT false,
    ceremony_id uuid,
    uuid text,
    head text,
    state text NOT NULL CHECK (state IN ('watching', 'answered', 'declined')),
    faults text[] NOT NULL DEFAULT '{}',
    progress bytea,
    reached bigint NOT NULL DEFAULT 0,
    due_at timestamptz,
    PRIMARY KEY (tenant_id, ballot_id),
    CHECK (state = 'watching' OR due_at IS NULL),
    CHECK ((state = 'declined') = (cardinality(faults) > 0))
);
CREATE INDEX watch_due ON watch (due_at) WHERE due_at IS NOT NULL;
COMMENT ON TABLE watch IS 'A ballot that this seat watches: what evaluation told of it, what ballot asks (ceremony, uuid, head), how far its archive was verified. No elector, no choice.';
COMMENT ON COLUMN watch.progress IS 'State of the verification up to byte reached: another chain than that one is refused for ever.';

CREATE TABLE decryption (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    head text NOT NULL,
    tally_hash text NOT NULL,
    owner int NOT NULL CHECK (owner >= 1),
    partial_decryption text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id),
    FOREIGN KEY (tenant_id, ballot_id) REFERENCES watch (tenant_id, ballot_id)
);
COMMENT ON TABLE decryption IS 'The only sum of a ballot that this seat decrypted, and its answer, which is told again whenever it is asked.';

CREATE FUNCTION decryption_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a seat decrypts a ballot once';
END $$;
CREATE TRIGGER decryption_final BEFORE UPDATE OR DELETE OR TRUNCATE ON decryption
    FOR EACH STATEMENT EXECUTE FUNCTION decryption_is_final();
