-- Imported attendance that was wrong is taken out with a reason; what it said stays readable.

CREATE TABLE attendance_removed (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    held_on date NOT NULL,
    title text NOT NULL,
    present boolean NOT NULL,
    excused boolean NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    removed_by uuid NOT NULL,
    removed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX attendance_removed_person ON attendance_removed (tenant_id, person_id, removed_at);
COMMENT ON TABLE attendance_removed IS 'Imported rows of attendance that somebody took out again, with what they said and why.';
