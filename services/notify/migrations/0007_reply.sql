-- What the winner of an award says to an objection, in the winner's own words (requirements 2.5).

CREATE TABLE reply (
    tenant_id uuid NOT NULL,
    objection_id uuid NOT NULL,
    person_id uuid NOT NULL,
    facts bytea NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    reply_until_on date NOT NULL,
    text bytea,
    replied_at timestamptz,
    PRIMARY KEY (tenant_id, objection_id),
    CHECK ((text IS NULL) = (replied_at IS NULL))
);
CREATE INDEX reply_person ON reply (tenant_id, person_id);
COMMENT ON TABLE reply IS 'What a handler asked the winner about an objection, and what the winner answered; both encrypted. The objection itself is never shown to the winner.';
