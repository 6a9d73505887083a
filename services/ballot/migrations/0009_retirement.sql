-- A key whose ballots are all over: the seats erase their shares of it, and nothing can be opened with it any more.

ALTER TABLE ceremony
    DROP CONSTRAINT ceremony_state_check,
    DROP CONSTRAINT ceremony_check2,
    ADD CONSTRAINT ceremony_state CHECK (state IN ('running', 'made', 'failed', 'retired')),
    ADD CONSTRAINT ceremony_key CHECK ((state IN ('made', 'retired')) = (trustees IS NOT NULL AND public_key IS NOT NULL)),
    ADD COLUMN retired_at timestamptz,
    ADD CONSTRAINT ceremony_retired CHECK ((state = 'retired') = (retired_at IS NOT NULL));
DROP INDEX ceremony_period;
CREATE UNIQUE INDEX ceremony_period ON ceremony (tenant_id, period) WHERE state IN ('running', 'made');
COMMENT ON COLUMN ceremony.retired_at IS 'When the seats were told to erase their shares; a later ballot of the period gets another key.';
