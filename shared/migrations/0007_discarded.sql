-- Dead letters that an operator took out of the queue: written here first, so that nothing that was accepted is lost.

CREATE TABLE discarded (
    tenant_id uuid NOT NULL,
    digest text NOT NULL,
    letter_id text NOT NULL,
    name text NOT NULL,
    cause text NOT NULL,
    body bytea NOT NULL,
    around text NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    discarded_by text NOT NULL,
    discarded_at timestamptz NOT NULL,
    returned_at timestamptz,
    PRIMARY KEY (tenant_id, digest)
);
COMMENT ON TABLE discarded IS 'Every dead letter that an operator discarded, whole, with who, when and why. Nothing reads it but the operator''s command.';
COMMENT ON COLUMN discarded.tenant_id IS 'Of the event; all zeros where the message is no event that can be read.';
COMMENT ON COLUMN discarded.digest IS 'Of the message and of its death: the same letter discarded twice is one row, the same event dead again is another.';
COMMENT ON COLUMN discarded.around IS 'The message''s headers and properties, as JSON.';
COMMENT ON COLUMN discarded.returned_at IS 'When it was sent back to its queue; empty while it is discarded.';
