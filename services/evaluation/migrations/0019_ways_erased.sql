-- Who voted on paper is forgotten with the credentials, as soon as no further vote of the meeting can need it.

ALTER TABLE elector ALTER COLUMN channel DROP NOT NULL;
ALTER TABLE roll ADD COLUMN ways_erased_at timestamptz;
COMMENT ON COLUMN elector.channel IS 'Emptied when the credentials are erased and the meeting is closed: beside the sheet of a handful of papers it would say for ever what they chose.';
COMMENT ON COLUMN roll.ways_erased_at IS 'When it was forgotten who voted by which channel; how many did stays.';

CREATE OR REPLACE FUNCTION note_roll_moved(of_tenant uuid, of_election uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO roll_moved (tenant_id, election_id)
    SELECT tenant_id, election_id FROM roll
    WHERE tenant_id = of_tenant AND election_id = of_election AND ways_erased_at IS NULL
$$;

CREATE FUNCTION meeting_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_roll_moved(tenant_id, id) FROM election WHERE tenant_id = NEW.tenant_id AND meeting_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER meeting_closed AFTER UPDATE ON meeting FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state = 'closed')
    EXECUTE FUNCTION meeting_closed();

COMMENT ON TABLE roll_moved IS 'A ballot with a kept roll was counted or annulled, an award of it changed its state, or its meeting was closed: whoever erases credentials and channels looks at it once and takes the note away. Several notes of one ballot stand side by side, so that nobody waits for another to write one.';
INSERT INTO roll_moved (tenant_id, election_id) SELECT tenant_id, election_id FROM roll WHERE erased_at IS NOT NULL;
