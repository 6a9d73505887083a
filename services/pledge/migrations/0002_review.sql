-- How pledges are reviewed (审诺), shown to the public (亮诺), and what the masses say of them (群众意见).

CREATE TABLE review (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    version int NOT NULL,
    step text NOT NULL CHECK (step IN ('branch', 'general_branch', 'superior')),
    organization_id uuid NOT NULL,
    passed boolean NOT NULL,
    checklist text[] NOT NULL,
    met text[] NOT NULL CHECK (met <@ checklist),
    advice text NOT NULL DEFAULT '',
    follow_up_on date,
    reviewed_by uuid NOT NULL,
    reviewed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, pledge_id, version, step),
    FOREIGN KEY (tenant_id, pledge_id, version) REFERENCES pledge_version (tenant_id, pledge_id, number),
    CHECK (passed OR advice <> ''),
    CHECK (passed = (follow_up_on IS NULL))
);
CREATE INDEX review_follow_up ON review (tenant_id, follow_up_on) WHERE NOT passed;
COMMENT ON TABLE review IS 'What a reviewer decided on a version of a pledge, with advice whenever it goes back (R-050, R-054). Append-only.';

CREATE FUNCTION review_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'reviews are kept as they were given';
END $$;
CREATE TRIGGER review_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review
    FOR EACH STATEMENT EXECUTE FUNCTION review_is_append_only();

CREATE TABLE publication (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    version int NOT NULL,
    channel text NOT NULL,
    scope text NOT NULL CHECK (scope IN ('branch', 'school', 'public')),
    published_on date NOT NULL,
    place text NOT NULL,
    evidence text NOT NULL DEFAULT '',
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, pledge_id, version) REFERENCES pledge_version (tenant_id, pledge_id, number)
);
CREATE INDEX publication_pledge ON publication (tenant_id, pledge_id, version);
COMMENT ON TABLE publication IS 'When, where and by which channel a reviewed version was shown, with what proves it (R-056 to R-058).';

CREATE TABLE wall (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    year int NOT NULL,
    person_id uuid,
    stroke_key text COLLATE "C" NOT NULL,
    scope text NOT NULL CHECK (scope IN ('branch', 'school', 'public')),
    PRIMARY KEY (tenant_id, pledge_id),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id)
);
CREATE INDEX wall_year ON wall (tenant_id, year, organization_id) INCLUDE (stroke_key, person_id, scope, pledge_id);
CREATE UNIQUE INDEX wall_pledge ON wall (pledge_id);
CREATE INDEX wall_person ON wall (tenant_id, person_id) WHERE person_id IS NOT NULL;
COMMENT ON TABLE wall IS 'Which pledges hang on the public wall, in narrow rows that can be put in order by the ten thousand.';

CREATE TABLE opinion (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    pledge_id uuid,
    channel text NOT NULL CHECK (channel IN ('page', 'box')),
    signed boolean NOT NULL,
    text bytea NOT NULL,
    name bytea,
    contact bytea,
    receipt bytea NOT NULL,
    received_on date NOT NULL,
    given_at timestamptz NOT NULL,
    entered_by uuid,
    answer bytea,
    answered_by uuid,
    answered_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id),
    CHECK ((channel = 'box') = (entered_by IS NOT NULL)),
    CHECK (signed = (name IS NOT NULL)),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE UNIQUE INDEX opinion_receipt ON opinion (receipt);
CREATE INDEX opinion_organization ON opinion (tenant_id, organization_id, given_at);
CREATE INDEX opinion_open ON opinion (tenant_id, given_at) WHERE answer IS NULL;
COMMENT ON TABLE opinion IS 'What the masses say of a pledge or an organisation (R-060). text, name, contact and answer are encrypted; of an unsigned one nothing tells the author.';
