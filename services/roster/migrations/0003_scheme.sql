-- 制度方案: versioned rules with their sources, and who decided which organisation follows them.

CREATE TABLE scheme (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    preset text,
    organization_id uuid,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX scheme_preset ON scheme (tenant_id, preset) WHERE preset IS NOT NULL;
CREATE UNIQUE INDEX scheme_adaptation ON scheme (tenant_id, organization_id) WHERE organization_id IS NOT NULL;
COMMENT ON COLUMN scheme.preset IS 'The preset file from which it was installed; empty for a scheme of the tenant''s own.';
COMMENT ON COLUMN scheme.organization_id IS 'The organisation whose adaptation of another scheme this is; empty for a scheme that stands by itself.';

CREATE TABLE scheme_version (
    tenant_id uuid NOT NULL,
    scheme_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    state text NOT NULL CHECK (state IN ('draft', 'published')),
    document_number text NOT NULL,
    document_title text NOT NULL,
    document_on date,
    settings jsonb NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    published_at timestamptz,
    PRIMARY KEY (tenant_id, scheme_id, version),
    FOREIGN KEY (tenant_id, scheme_id) REFERENCES scheme (tenant_id, id),
    CHECK ((state = 'published') = (published_at IS NOT NULL))
);
CREATE UNIQUE INDEX scheme_version_draft ON scheme_version (tenant_id, scheme_id) WHERE state = 'draft';
COMMENT ON TABLE scheme_version IS 'A scheme at a version; results name the version they came from, so a published one never changes.';
COMMENT ON COLUMN scheme_version.settings IS 'Key to {value, source, open}: the value, the words of the document it rests on, whether a child may change it.';

CREATE FUNCTION scheme_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version of a scheme never changes';
END $$;
CREATE TRIGGER scheme_version_immutable BEFORE UPDATE OR DELETE ON scheme_version
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION scheme_version_is_immutable();

CREATE TABLE adoption_decision (
    tenant_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    version int NOT NULL,
    basis_id uuid,
    basis_version int,
    changes jsonb NOT NULL,
    decided_by uuid NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, organization_id, version),
    CHECK ((basis_id IS NULL) = (basis_version IS NULL))
);
COMMENT ON TABLE adoption_decision IS 'What an organisation decided, beside the whole settings in adoption: a scheme (empty: follow the superior) and its changes.';
