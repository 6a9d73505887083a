-- Messages to people in the application, and the mails that carry them out.

CREATE TABLE mail (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    address text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts int NOT NULL CHECK (attempts >= 0),
    made_at timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    sent_at timestamptz,
    fault text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id),
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX mail_waiting ON mail (next_at) WHERE state = 'waiting';
COMMENT ON TABLE mail IS 'A mail to one person that gathers some messages; its id is the Message-ID. It says only that something waits, and where.';
COMMENT ON COLUMN mail.fault IS 'Why the last attempt failed: a kind of fault and a code, no address.';

CREATE TABLE message (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    href text NOT NULL CHECK (href LIKE '/%'),
    cause text NOT NULL,
    made_at timestamptz NOT NULL,
    read_at timestamptz,
    mailable boolean NOT NULL,
    mail_id uuid,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, person_id, kind, cause),
    FOREIGN KEY (tenant_id, mail_id) REFERENCES mail (tenant_id, id)
);
CREATE INDEX message_person ON message (tenant_id, person_id, made_at DESC);
CREATE INDEX message_unread ON message (tenant_id, person_id, kind, href) WHERE read_at IS NULL;
CREATE INDEX message_to_mail ON message (made_at) WHERE mailable AND mail_id IS NULL;
CREATE INDEX message_mail ON message (tenant_id, mail_id) WHERE mail_id IS NOT NULL;
COMMENT ON TABLE message IS 'What somebody is told: a kind, whose text names nobody, and a link. cause (the event''s id) lets one event say it once.';
COMMENT ON COLUMN message.mailable IS 'False once it is clear that no mail can or need carry it.';
