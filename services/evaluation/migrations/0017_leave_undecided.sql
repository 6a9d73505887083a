-- Who asked for leave at the meeting has neither 正当理由 nor none until somebody finds it.

ALTER TABLE attendee ADD COLUMN undecided boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN attendee.undecided IS 'of who is on leave: whether 正当理由 has yet to be found; without meaning otherwise';
