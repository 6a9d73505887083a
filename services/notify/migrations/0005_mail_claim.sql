-- A mail is claimed before it is sent, so that no transaction waits for a mail server.

ALTER TABLE mail ADD COLUMN sending_at timestamptz;
ALTER TABLE mail ADD CONSTRAINT mail_sending_check CHECK (sending_at IS NULL OR state = 'waiting');
COMMENT ON COLUMN mail.sending_at IS 'When a process claimed this mail to send it; empty once the result is noted. A claim that is too old is taken over.';
