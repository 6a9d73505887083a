-- Which rolls may have become erasable is noted where it happens: asking all kept rolls of a province took a second.

CREATE TABLE roll_moved (
    tenant_id uuid NOT NULL,
    election_id uuid NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (tenant_id, election_id, number)
);
COMMENT ON TABLE roll_moved IS 'A ballot with a kept roll was counted or annulled, or an award of it changed its state: whoever erases credentials looks at it once and takes the note away. Several notes of one ballot stand side by side, so that nobody waits for another to write one.';

CREATE FUNCTION note_roll_moved(of_tenant uuid, of_election uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO roll_moved (tenant_id, election_id)
    SELECT tenant_id, election_id FROM roll
    WHERE tenant_id = of_tenant AND election_id = of_election AND erased_at IS NULL
$$;

CREATE FUNCTION election_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_roll_moved(NEW.tenant_id, NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER election_moved AFTER UPDATE ON election FOR EACH ROW
    WHEN ((OLD.counted_at, OLD.annulled_at) IS DISTINCT FROM (NEW.counted_at, NEW.annulled_at))
    EXECUTE FUNCTION election_moved();

CREATE FUNCTION award_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_roll_moved(NEW.tenant_id, NEW.election_id);
    RETURN NULL;
END $$;
CREATE TRIGGER award_moved AFTER UPDATE ON award FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION award_moved();

INSERT INTO roll_moved (tenant_id, election_id) SELECT tenant_id, election_id FROM roll WHERE erased_at IS NULL;
CREATE INDEX roll_due ON roll (erase_on) WHERE erased_at IS NULL;
