-- Results of 评诺, as the service pledge told them: information where awards are considered, never an obstacle.

ALTER TABLE pledge ADD COLUMN year int NOT NULL DEFAULT 0;
COMMENT ON COLUMN pledge.year IS 'The year of the pledge; 0 where it was told before the year was kept.';

CREATE TABLE appraised (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    person_id uuid NOT NULL,
    year int NOT NULL,
    appraisal_id uuid NOT NULL,
    grade text NOT NULL,
    done int NOT NULL,
    total int NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, pledge_id)
);
CREATE INDEX appraised_person ON appraised (tenant_id, person_id, year);
COMMENT ON TABLE appraised IS 'The newest result of 评诺 of each pledge of a person (R-099). grade is empty where the scheme has none.';
