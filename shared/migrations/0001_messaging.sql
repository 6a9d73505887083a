CREATE TABLE outbox (
    tenant_id uuid NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    id uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    exchange text NOT NULL,
    subject text NOT NULL,
    correlation_id uuid NOT NULL,
    causation_id uuid,
    occurred_at timestamptz NOT NULL,
    data jsonb NOT NULL,
    traceparent text,
    published_at timestamptz,
    PRIMARY KEY (tenant_id, position)
);
COMMENT ON TABLE outbox IS 'Every fact this service has told, in order: its ledger. Rows without published_at wait for the relay.';
COMMENT ON COLUMN outbox.position IS 'Order of telling. Facts about one aggregate are ordered, because its row is locked while they are told.';
COMMENT ON COLUMN outbox.published_at IS 'When the broker had confirmed it; empty while it waits.';

CREATE INDEX outbox_waiting ON outbox (position) WHERE published_at IS NULL;

CREATE TABLE inbox (
    tenant_id uuid NOT NULL,
    queue text NOT NULL,
    event_id uuid NOT NULL,
    name text NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, queue, event_id)
);
COMMENT ON TABLE inbox IS 'Every event this service has acted on; written in the transaction of its effect, so that each has one effect.';
COMMENT ON COLUMN inbox.queue IS 'The queue that heard it: two queues of one service may each act on the same event.';
