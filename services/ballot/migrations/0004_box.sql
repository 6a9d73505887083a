-- Electronic ballots: the box into which they are put, the chain to which they are appended, the count.

ALTER TABLE ballot
    DROP CONSTRAINT ballot_channel_check,
    DROP CONSTRAINT ballot_state_check,
    DROP CONSTRAINT ballot_check3,
    ADD COLUMN electronic int NOT NULL DEFAULT 0 CHECK (electronic >= 0),
    ADD COLUMN paper_electors int NOT NULL DEFAULT 0 CHECK (paper_electors >= 0),
    ADD COLUMN secrecy_minimum int NOT NULL DEFAULT 0 CHECK (secrecy_minimum >= 0),
    ADD COLUMN closes_at timestamptz,
    ADD COLUMN tallied int CHECK (tallied BETWEEN 0 AND electronic),
    ADD COLUMN blank int CHECK (blank BETWEEN 0 AND tallied),
    ADD CONSTRAINT ballot_channel CHECK (channel IN ('paper', 'electronic', 'mixed')),
    ADD CONSTRAINT ballot_state CHECK
        (state IN ('called', 'open', 'closing', 'closed', 'entered', 'tallying', 'counted', 'annulled')),
    ADD CONSTRAINT ballot_issued CHECK (issued BETWEEN 0 AND present AND (issued >= 1 OR channel <> 'paper')),
    ADD CONSTRAINT ballot_electors CHECK ((channel = 'paper') = (electronic = 0)),
    ADD CONSTRAINT ballot_deadline CHECK (closes_at IS NULL OR issued = 0),
    ADD CONSTRAINT ballot_tallied CHECK (counted_at IS NULL OR channel = 'paper' OR blank IS NOT NULL);
COMMENT ON COLUMN ballot.issued IS 'Papers only, like returned, valid, invalid and abstained; the electronic channel has electronic, tallied and blank.';
CREATE INDEX ballot_box_open ON ballot (state, closes_at) WHERE state IN ('open', 'closing');

ALTER TABLE candidate ADD COLUMN electronic_votes int CHECK (electronic_votes BETWEEN 0 AND votes);
ALTER TABLE correction
    DROP CONSTRAINT correction_check,
    ADD CONSTRAINT correction_issued CHECK (issued BETWEEN 0 AND present);

DROP TRIGGER ballot_result_stands ON ballot;
CREATE TRIGGER ballot_result_stands BEFORE UPDATE ON ballot FOR EACH ROW
    WHEN (OLD.counted_at IS NOT NULL AND
          (OLD.present, OLD.issued, OLD.returned, OLD.valid, OLD.invalid, OLD.abstained, OLD.electronic, OLD.tallied,
           OLD.blank, OLD.counted_at)
          IS DISTINCT FROM
          (NEW.present, NEW.issued, NEW.returned, NEW.valid, NEW.invalid, NEW.abstained, NEW.electronic, NEW.tallied,
           NEW.blank, NEW.counted_at))
    EXECUTE FUNCTION result_stands();

-- No foreign key leads from these tables to ballot: its check would lock the ballot's row once for every vote, and leave
-- the transaction of that vote written on it.

CREATE TABLE box (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    credentials text NOT NULL,
    timestamp bigint NOT NULL,
    ceremony_id uuid,
    election text,
    trustees text,
    PRIMARY KEY (tenant_id, ballot_id),
    CHECK ((ceremony_id IS NULL) = (election IS NULL) AND (election IS NULL) = (trustees IS NULL))
);
CREATE UNIQUE INDEX box_ballot ON box (ballot_id);
COMMENT ON TABLE box IS 'What an electronic ballot is made of: public credentials from the call on, election and keys once it is open. Never changed after that.';

CREATE TABLE chain (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    head text NOT NULL,
    height int NOT NULL,
    last text NOT NULL,
    records int NOT NULL,
    size bigint NOT NULL,
    sealed_size bigint,
    PRIMARY KEY (tenant_id, ballot_id)
);
COMMENT ON TABLE chain IS 'The last event of the archive of a ballot, how many records it has, and its size in bytes; sealed_size is where the encrypted tally ends.';

CREATE TABLE record (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    number int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('data', 'event')),
    body text NOT NULL,
    begins bigint NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id, number)
);
-- Numbers taken at random cannot be compressed: trying only takes time.
ALTER TABLE record ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE record IS 'The public archive of a ballot, one text after the other, with the byte at which each begins. Append-only.';

CREATE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'record is append-only';
END $$;
CREATE TRIGGER record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON record
    FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();

CREATE TABLE accepted_ballot (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    tracker text NOT NULL,
    credential text NOT NULL,
    number int NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id, tracker)
);
COMMENT ON TABLE accepted_ballot IS 'Where a ballot with a tracking number stands in the archive; of a credential the last one counts.';

CREATE TABLE pending_ballot (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    credential text NOT NULL,
    tracker text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id, credential)
);
ALTER TABLE pending_ballot ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE pending_ballot IS 'Ballots that were received and wait until their proofs are verified: one of a credential. No time, no order, no person.';

CREATE TABLE refused_ballot (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    tracker text NOT NULL,
    code text NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id, tracker)
);
COMMENT ON TABLE refused_ballot IS 'Tracking numbers of ballots whose proofs do not hold, and why; they are not in the archive.';

CREATE TABLE decryption (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    seat int NOT NULL,
    owner int NOT NULL,
    answer text NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id, seat)
);
COMMENT ON TABLE decryption IS 'What a trustee gave for the sum of a sealed box, its proof verified; enough of them make the result.';

CREATE TABLE decryption_fault (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    seat int NOT NULL,
    code text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id, seat, code)
);
COMMENT ON TABLE decryption_fault IS 'A trustee that declined, or whose answer does not hold, by its seat: shown to tellers and operators.';

-- One statement receives a ballot. It shares a lock with other voters, which closing takes for itself; after the lock it
-- looks with new eyes (each statement of a function has its own snapshot), so nothing enters a box that was closed.
CREATE FUNCTION receive_ballot(
    of_tenant uuid, of_ballot uuid, of_credential text, with_tracker text, with_body text, moment timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    reason text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(of_ballot::text, 0));
    PERFORM FROM accepted_ballot WHERE tenant_id = of_tenant AND ballot_id = of_ballot AND tracker = with_tracker;
    IF FOUND THEN
        RETURN 'accepted';
    END IF;
    SELECT code INTO reason FROM refused_ballot
    WHERE tenant_id = of_tenant AND ballot_id = of_ballot AND tracker = with_tracker;
    IF FOUND THEN
        RETURN 'refused ' || reason;
    END IF;
    PERFORM FROM ballot
    WHERE tenant_id = of_tenant AND id = of_ballot AND state = 'open' AND (closes_at IS NULL OR closes_at > moment);
    IF NOT FOUND THEN
        RETURN 'closed';
    END IF;
    INSERT INTO pending_ballot (tenant_id, ballot_id, credential, tracker, body)
    VALUES (of_tenant, of_ballot, of_credential, with_tracker, with_body) ON CONFLICT DO NOTHING;
    IF FOUND THEN
        RETURN 'waiting';
    END IF;
    PERFORM FROM pending_ballot
    WHERE tenant_id = of_tenant AND ballot_id = of_ballot AND credential = of_credential AND tracker = with_tracker;
    RETURN CASE WHEN FOUND THEN 'waiting' ELSE 'pending' END;
END $$;
