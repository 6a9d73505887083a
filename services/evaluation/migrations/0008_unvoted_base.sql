-- A quarter in which a branch resolved to elect nobody keeps its base, so that its fraction carries over (R-130, 2.2).

ALTER TABLE no_election ADD COLUMN base int CHECK (base >= 0);
COMMENT ON COLUMN no_election.base IS 'The base of the places as it was when nobody was elected; empty where it was resolved before it was kept.';
