-- What tellers corrected after papers were handed out: members who came late, a paper handed out again.

CREATE TABLE correction (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    number int NOT NULL,
    present_before int NOT NULL,
    issued_before int NOT NULL,
    present int NOT NULL CHECK (present >= 1),
    issued int NOT NULL CHECK (issued BETWEEN 1 AND present),
    reason text NOT NULL CHECK (reason <> ''),
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ballot_id, number),
    FOREIGN KEY (tenant_id, ballot_id) REFERENCES ballot (tenant_id, id)
);
COMMENT ON TABLE correction IS 'A change of 实到 and 发出 while the ballot was open, with its reason. Append-only.';

CREATE FUNCTION correction_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'correction is append-only';
END $$;
CREATE TRIGGER correction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON correction
    FOR EACH STATEMENT EXECUTE FUNCTION correction_is_append_only();
