-- Gradings: what pledge told of their questions.

ALTER TABLE watch ADD COLUMN questions jsonb;
COMMENT ON COLUMN watch.questions IS 'Of a grading: the grades of each of its questions, in order; who is meant by them a seat does not keep. Empty for an election.';
