-- Which pledges have to be looked at for a reminder, and from which day on; and matters found pledge by pledge.

CREATE OR REPLACE VIEW pledge_matter AS
SELECT p.tenant_id, p.id AS pledge_id, m.item_id, m.position, m.content, m.due_on
FROM pledge p
CROSS JOIN LATERAL (
    SELECT i.item_id, i.position, i.content, coalesce(i.due_on, make_date(p.year, 12, 31)) AS due_on
    FROM pledge_item i
    WHERE i.tenant_id = p.tenant_id AND i.pledge_id = p.id AND i.version = p.published_version
    UNION ALL
    SELECT p.id, 1, v.headline, make_date(p.year, 12, 31)
    FROM pledge_version v
    WHERE v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.number = p.published_version
      AND NOT EXISTS (
        SELECT FROM pledge_item i
        WHERE i.tenant_id = p.tenant_id AND i.pledge_id = p.id AND i.version = p.published_version)) m;

CREATE TABLE awaited (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    stage text NOT NULL CHECK (stage IN ('before', 'after')),
    look_on date NOT NULL,
    PRIMARY KEY (tenant_id, pledge_id, stage)
);
CREATE INDEX awaited_look_on ON awaited (stage, look_on);
COMMENT ON TABLE awaited IS 'From which day on a pledge is looked at for reminders (R-073); without a row there is nothing to look for. Whatever may make a matter due again sets look_on to the first day of all (0001-01-01), by triggers: pledge, progress, person, adoption; the items of a text that was handed in never change.';

CREATE FUNCTION awaits(tenant uuid, pledges uuid[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO awaited (tenant_id, pledge_id, stage, look_on)
    SELECT tenant, pledge_id, stage, date '0001-01-01'
    FROM unnest(pledges) AS pledge_id CROSS JOIN (VALUES ('after'), ('before')) AS s (stage)
    ORDER BY pledge_id, stage
    ON CONFLICT (tenant_id, pledge_id, stage) DO UPDATE SET look_on = EXCLUDED.look_on
    WHERE awaited.look_on <> EXCLUDED.look_on
$$;

CREATE FUNCTION pledge_awaits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM awaits(NEW.tenant_id, ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE TRIGGER pledge_entered_awaits AFTER INSERT ON pledge FOR EACH ROW
    WHEN (NEW.state = 'open' AND NEW.published_version IS NOT NULL) EXECUTE FUNCTION pledge_awaits();
CREATE TRIGGER pledge_changed_awaits AFTER UPDATE ON pledge FOR EACH ROW
    WHEN (NEW.state = 'open' AND NEW.published_version IS NOT NULL
          AND (OLD.state, OLD.published_version, OLD.year, OLD.person_id, OLD.form, OLD.scheme_id, OLD.scheme_version)
              IS DISTINCT FROM
              (NEW.state, NEW.published_version, NEW.year, NEW.person_id, NEW.form, NEW.scheme_id, NEW.scheme_version))
    EXECUTE FUNCTION pledge_awaits();

CREATE FUNCTION progress_awaits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM awaits(NEW.tenant_id, ARRAY[NEW.pledge_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER progress_awaits AFTER INSERT ON progress FOR EACH ROW
    WHEN (NEW.state = 'underway') EXECUTE FUNCTION progress_awaits();

CREATE FUNCTION person_awaits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM awaits(NEW.tenant_id, ARRAY(
        SELECT p.id FROM pledge p
        WHERE p.tenant_id = NEW.tenant_id AND p.person_id = NEW.id AND p.state = 'open'
          AND p.published_version IS NOT NULL));
    RETURN NULL;
END $$;
CREATE TRIGGER person_known_awaits AFTER INSERT ON person FOR EACH ROW
    WHEN (NEW.active) EXECUTE FUNCTION person_awaits();
CREATE TRIGGER person_returned_awaits AFTER UPDATE OF active ON person FOR EACH ROW
    WHEN (NEW.active AND NOT OLD.active) EXECUTE FUNCTION person_awaits();

CREATE INDEX pledge_open_scheme ON pledge (tenant_id, scheme_id, scheme_version)
    WHERE state = 'open' AND published_version IS NOT NULL;
CREATE FUNCTION adoption_awaits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM awaits(NEW.tenant_id, ARRAY(
        SELECT p.id FROM pledge p
        WHERE p.tenant_id = NEW.tenant_id AND p.scheme_id = NEW.scheme_id AND p.scheme_version = NEW.scheme_version
          AND p.state = 'open' AND p.published_version IS NOT NULL));
    RETURN NULL;
END $$;
CREATE TRIGGER adoption_awaits AFTER INSERT OR UPDATE ON adoption FOR EACH ROW EXECUTE FUNCTION adoption_awaits();

-- What stands is looked at once; from then on every pledge waits for its own day.
INSERT INTO awaited (tenant_id, pledge_id, stage, look_on)
SELECT p.tenant_id, p.id, s.stage, date '0001-01-01'
FROM pledge p CROSS JOIN (VALUES ('after'), ('before')) AS s (stage)
WHERE p.state = 'open' AND p.published_version IS NOT NULL;
ANALYZE awaited;
