-- Who last set a password for somebody else, so that the person can see it.

ALTER TABLE account ADD COLUMN reset_by_id uuid, ADD COLUMN reset_at timestamptz;
COMMENT ON COLUMN account.reset_by_id IS 'Who set the password last for this person; stays when the person makes an own one.';
