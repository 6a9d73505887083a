-- The members' form of an occasion as a secret electronic ballot: who may take part, with which credential, what came of it.

CREATE TABLE grading (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    title text NOT NULL CHECK (title <> ''),
    period text NOT NULL,
    entitled int NOT NULL CHECK (entitled > 0),
    secrecy_minimum int NOT NULL CHECK (secrecy_minimum >= 0),
    tellers uuid[] NOT NULL CHECK (cardinality(tellers) BETWEEN 1 AND 2),
    closes_at timestamptz,
    called_by uuid NOT NULL,
    called_at timestamptz NOT NULL,
    erase_on date NOT NULL,
    opened_at timestamptz,
    counted_at timestamptz,
    returned int CHECK (returned BETWEEN 0 AND entitled),
    sealed bytea,
    annulled_at timestamptz,
    statement text NOT NULL DEFAULT '',
    erased_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id),
    CHECK ((counted_at IS NULL) = (returned IS NULL)),
    CHECK (sealed IS NULL OR (counted_at IS NOT NULL AND annulled_at IS NULL))
);
CREATE UNIQUE INDEX grading_standing ON grading (tenant_id, assessment_id) WHERE annulled_at IS NULL;
CREATE INDEX grading_kept ON grading (erase_on) WHERE erased_at IS NULL;
COMMENT ON TABLE grading IS 'A secret electronic ballot of members on the pledges of an occasion (R-090); ballot holds it under the same id. sealed holds the totals once they are told.';
COMMENT ON COLUMN grading.erase_on IS 'From this day on the credentials are erased whatever became of the ballot.';

CREATE TABLE grading_line (
    tenant_id uuid NOT NULL,
    grading_id uuid NOT NULL,
    place int NOT NULL CHECK (place >= 1),
    subject_id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    text text NOT NULL,
    result text NOT NULL,
    choices text[] NOT NULL,
    PRIMARY KEY (tenant_id, grading_id, place),
    UNIQUE (tenant_id, grading_id, subject_id),
    FOREIGN KEY (tenant_id, grading_id) REFERENCES grading (tenant_id, id)
);
COMMENT ON TABLE grading_line IS 'What a grading asks, as the form stood when it was called; key is that of the other forms.';

CREATE TABLE grading_elector (
    tenant_id uuid NOT NULL,
    grading_id uuid NOT NULL,
    person_id uuid NOT NULL,
    credential bytea,
    PRIMARY KEY (tenant_id, grading_id, person_id),
    FOREIGN KEY (tenant_id, grading_id) REFERENCES grading (tenant_id, id)
);
CREATE INDEX grading_elector_person ON grading_elector (tenant_id, person_id) WHERE credential IS NOT NULL;
COMMENT ON TABLE grading_elector IS 'Who may take part, with the private credential, encrypted until it is erased. Never whether somebody took part: pledge does not learn it.';
