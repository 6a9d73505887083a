-- Gradings (民主测评): ballots on which members give each question one grade; pledge calls them.

ALTER TABLE ballot
    ADD COLUMN purpose text NOT NULL DEFAULT 'election' CHECK (purpose IN ('election', 'grading')),
    ADD COLUMN assessment_id uuid,
    ALTER COLUMN meeting_id DROP NOT NULL,
    DROP CONSTRAINT ballot_tellers_check,
    ADD CONSTRAINT ballot_tellers CHECK
        (cardinality(tellers) = 2 OR (cardinality(tellers) = 1 AND purpose = 'grading')),
    ADD CONSTRAINT ballot_origin CHECK
        ((purpose = 'election') = (meeting_id IS NOT NULL) AND (purpose = 'grading') = (assessment_id IS NOT NULL)),
    ADD CONSTRAINT ballot_grading CHECK (purpose = 'election' OR (channel = 'electronic' AND coalesce(issued, 0) = 0));
COMMENT ON COLUMN ballot.assessment_id IS 'The occasion in pledge to which a grading belongs; an election belongs to a meeting in evaluation.';

CREATE TABLE question (
    tenant_id uuid NOT NULL,
    ballot_id uuid NOT NULL,
    place int NOT NULL CHECK (place >= 1),
    subject_id uuid NOT NULL,
    name text NOT NULL,
    promise text NOT NULL,
    grades text[] NOT NULL CHECK (cardinality(grades) >= 1),
    counts int[],
    blank int CHECK (blank >= 0),
    PRIMARY KEY (tenant_id, ballot_id, place),
    UNIQUE (tenant_id, ballot_id, subject_id),
    FOREIGN KEY (tenant_id, ballot_id) REFERENCES ballot (tenant_id, id),
    CHECK ((counts IS NULL) = (blank IS NULL)),
    CHECK (cardinality(counts) = cardinality(grades))
);
COMMENT ON TABLE question IS 'What a grading asks, in the order of the call, and the totals once they stand. The public archive knows the places, not the names.';
CREATE TRIGGER question_result_stands BEFORE UPDATE ON question FOR EACH ROW
    WHEN (OLD.counts IS NOT NULL) EXECUTE FUNCTION result_stands();
