-- A pledge that several members make together is each one's own: any of them may refer to it in a deed (R-033, R-139).

CREATE TABLE pledge_maker (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, pledge_id, person_id),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id)
);
CREATE INDEX pledge_maker_person ON pledge_maker (tenant_id, person_id);
COMMENT ON TABLE pledge_maker IS 'Who makes a published pledge together with its pledger, as pledge told it with the newest version.';
