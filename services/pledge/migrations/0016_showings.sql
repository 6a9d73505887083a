-- A showing that was recorded wrongly is struck out with a reason, and a showing can have photos or papers that prove it.

ALTER TABLE publication ADD COLUMN struck_by uuid;
ALTER TABLE publication ADD COLUMN struck_at timestamptz;
ALTER TABLE publication ADD COLUMN struck_reason text NOT NULL DEFAULT '';
ALTER TABLE publication ADD CONSTRAINT publication_struck
    CHECK ((struck_at IS NULL) = (struck_by IS NULL) AND (struck_at IS NULL) = (struck_reason = ''));
COMMENT ON COLUMN publication.struck_reason IS 'Why the record is wrong; a struck record stays to be read and counts no more (R-056).';

CREATE TABLE proof (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    publication_id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('jpeg', 'png', 'pdf')),
    content bytea NOT NULL,
    added_by uuid NOT NULL,
    added_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, publication_id) REFERENCES publication (tenant_id, id)
);
CREATE INDEX proof_publication ON proof (tenant_id, publication_id);
COMMENT ON TABLE proof IS 'Photos and papers that prove a showing (R-056); officers of the pledge''s organisation and above open them.';
