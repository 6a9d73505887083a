-- The answers that are kept for a repeated request may hold what only its sender may read: they are encrypted at rest.

DELETE FROM request;
ALTER TABLE request ALTER COLUMN body TYPE bytea USING NULL;
COMMENT ON COLUMN request.body IS 'The JSON of the answer, encrypted.';
