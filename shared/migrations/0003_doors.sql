-- What the doors keep: requests already answered, and who did or read what.

CREATE TABLE request (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    key text NOT NULL,
    target text NOT NULL,
    status int,
    location text,
    body text,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, person_id, key)
);
CREATE INDEX request_made_at ON request (made_at);
COMMENT ON TABLE request IS 'The answer to a write, kept under the key that the client chose: the same request twice has one effect.';

CREATE TABLE audit (
    tenant_id uuid NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    person_id uuid NOT NULL,
    act text NOT NULL,
    organization_id uuid,
    subject text NOT NULL,
    PRIMARY KEY (tenant_id, position)
);
CREATE INDEX audit_subject ON audit (tenant_id, subject);
COMMENT ON TABLE audit IS 'Who did what, and who read what is sensitive. Append-only.';

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
