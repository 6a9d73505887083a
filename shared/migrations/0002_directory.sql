-- Who is who, as roster tells it. In roster's own database these tables are the truth; elsewhere a projection.

CREATE TABLE organization (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version int NOT NULL,
    parent_id uuid,
    kind text NOT NULL,
    name text NOT NULL,
    code text NOT NULL,
    path text COLLATE "C" NOT NULL,
    unit_type text,
    phone text NOT NULL DEFAULT '',
    address text NOT NULL DEFAULT '',
    active boolean NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX organization_path ON organization (tenant_id, path);
CREATE INDEX organization_id ON organization (id);
COMMENT ON COLUMN organization.path IS 'codes from the top down, each followed by a slash: a prefix finds all below';

CREATE TABLE person (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version int NOT NULL,
    organization_id uuid NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    stroke_key text COLLATE "C" NOT NULL,
    standing text NOT NULL,
    identity text NOT NULL,
    leader boolean NOT NULL,
    division_rank boolean NOT NULL,
    floating boolean NOT NULL,
    last_contact_on date,
    exempt boolean NOT NULL,
    counted boolean NOT NULL,
    email text NOT NULL DEFAULT '',
    active boolean NOT NULL,
    session_epoch int NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX person_organization ON person (tenant_id, organization_id, stroke_key);
CREATE INDEX person_number ON person (tenant_id, number);

CREATE TABLE position (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version int NOT NULL,
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    role text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX position_person ON position (tenant_id, person_id);
CREATE INDEX position_organization ON position (tenant_id, organization_id);

CREATE TABLE adoption (
    tenant_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    version int NOT NULL,
    scheme_id uuid NOT NULL,
    scheme_version int NOT NULL,
    name text NOT NULL,
    document text NOT NULL,
    settings jsonb NOT NULL,
    PRIMARY KEY (tenant_id, organization_id, version)
);
COMMENT ON TABLE adoption IS 'Which scheme an organisation follows; every version is kept, results stay explainable.';
