-- The words of published pledges, which a deed may refer to and an elector reads.

CREATE TABLE pledge (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version int NOT NULL,
    person_id uuid,
    words text NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE pledge IS 'Published pledges (亮诺) as the service pledge told them, the newest version of each.';
COMMENT ON COLUMN pledge.person_id IS 'Whose pledge it is; empty for an organisation''s.';
