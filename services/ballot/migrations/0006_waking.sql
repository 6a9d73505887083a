-- Wakings of workers are taken away again and again, so that their times do not stay: found without reading all facts.

CREATE INDEX outbox_wakings ON outbox (tenant_id, subject) WHERE name = 'ballot.cast';
CREATE INDEX inbox_wakings ON inbox (received_at) WHERE queue = 'ballot.verify';
