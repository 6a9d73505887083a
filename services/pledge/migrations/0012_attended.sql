-- Who came to the meetings whose minutes are locked, as evaluation tells it: a figure beside an appraisal (R-098).

CREATE TABLE attended (
    tenant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    person_id uuid NOT NULL,
    held_on date NOT NULL,
    presence text NOT NULL CHECK (presence IN ('present', 'excused', 'absent')),
    PRIMARY KEY (tenant_id, meeting_id, person_id)
);
CREATE INDEX attended_person ON attended (tenant_id, person_id, held_on);
COMMENT ON TABLE attended IS 'Whether a member came to a meeting; reasons stay in evaluation.';
