-- The photo that somebody wants on the own 岗位牌; without one the print keeps the place to paste it.

CREATE TABLE portrait (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    content bytea NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, person_id)
);
COMMENT ON TABLE portrait IS 'A small JPEG made anew from what the person uploaded (R-070); printed on the 岗位牌, shown to nobody else, removed at will.';
