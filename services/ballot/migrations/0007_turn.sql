-- What the door asks in its one statement: whether a text is new comes before how often its credential may still come.

CREATE INDEX accepted_ballot_credential ON accepted_ballot (tenant_id, ballot_id, credential);

-- A text that was handed in before is answered whatever `allowed` says: it is public once it is accepted, so anybody can
-- hand it in again. `received` is said once of a text; of one that waits already it is `waiting`.
CREATE FUNCTION receive_ballot(
    of_tenant uuid, of_ballot uuid, of_credential text, with_tracker text, with_body text, moment timestamptz,
    allowed boolean, most int
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
    PERFORM FROM pending_ballot
    WHERE tenant_id = of_tenant AND ballot_id = of_ballot AND credential = of_credential AND tracker = with_tracker;
    IF FOUND THEN
        RETURN 'waiting';
    END IF;
    IF NOT allowed THEN
        RETURN 'often';
    END IF;
    IF (SELECT count(*) FROM accepted_ballot
        WHERE tenant_id = of_tenant AND ballot_id = of_ballot AND credential = of_credential) >= most THEN
        RETURN 'many';
    END IF;
    INSERT INTO pending_ballot (tenant_id, ballot_id, credential, tracker, body)
    VALUES (of_tenant, of_ballot, of_credential, with_tracker, with_body) ON CONFLICT DO NOTHING;
    IF FOUND THEN
        RETURN 'received';
    END IF;
    PERFORM FROM pending_ballot
    WHERE tenant_id = of_tenant AND ballot_id = of_ballot AND credential = of_credential AND tracker = with_tracker;
    RETURN CASE WHEN FOUND THEN 'waiting' ELSE 'pending' END;
END $$;

-- For doors of the release before, while they are still running.
CREATE OR REPLACE FUNCTION receive_ballot(
    of_tenant uuid, of_ballot uuid, of_credential text, with_tracker text, with_body text, moment timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    word text := receive_ballot(of_tenant, of_ballot, of_credential, with_tracker, with_body, moment, true, 20);
BEGIN
    RETURN CASE word WHEN 'received' THEN 'waiting' WHEN 'many' THEN 'closed' ELSE word END;
END $$;
