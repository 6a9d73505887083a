-- A share whose key is retired is erased; what was made public of the key stays.

ALTER TABLE ceremony
    DROP CONSTRAINT ceremony_state_check,
    ADD CONSTRAINT ceremony_state CHECK (state IN ('running', 'made', 'failed', 'retired')),
    ADD CONSTRAINT ceremony_retired CHECK (state <> 'retired' OR (share IS NULL AND seed IS NULL));
