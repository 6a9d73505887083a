-- Pledges, their versions and items, who is treated otherwise, and the windows that are set from above.

CREATE TABLE pledge (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    form text NOT NULL CHECK (form IN ('individual', 'group', 'joint', 'staff', 'organization')),
    kind text NOT NULL CHECK (kind IN ('annual', 'instant')),
    year int NOT NULL CHECK (year BETWEEN 2000 AND 2200),
    trigger text CHECK (trigger IN ('stage', 'task', 'emergency')),
    trigger_text text NOT NULL DEFAULT '',
    person_id uuid,
    community text NOT NULL DEFAULT '',
    oral boolean NOT NULL DEFAULT false,
    recorded_by text NOT NULL DEFAULT '',
    recorded_on date,
    recorded_place text NOT NULL DEFAULT '',
    witness text NOT NULL DEFAULT '',
    state text NOT NULL CHECK (state IN ('open', 'withdrawn', 'closed')),
    scheme_id uuid NOT NULL,
    scheme_version int NOT NULL,
    version int NOT NULL CHECK (version >= 1),
    published_version int CHECK (published_version <= version),
    entered_by uuid NOT NULL,
    entry_reason text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL,
    submitted_at timestamptz,
    late boolean NOT NULL DEFAULT false,
    closed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((form = 'organization') = (person_id IS NULL)),
    CHECK ((kind = 'instant') = (trigger IS NOT NULL)),
    CHECK (NOT oral OR (recorded_by <> '' AND recorded_on IS NOT NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX pledge_organization ON pledge (tenant_id, organization_id, year) INCLUDE (state, kind, form, published_version);
CREATE INDEX pledge_person ON pledge (tenant_id, person_id, year);
CREATE UNIQUE INDEX pledge_one_annual ON pledge (tenant_id, organization_id, coalesce(person_id, organization_id), year, form, community)
    WHERE kind = 'annual' AND state <> 'withdrawn';
COMMENT ON TABLE pledge IS 'A pledge of a member, a group, a non-member or an organisation. person_id is who answers for it; version is the newest, published_version what the public reads.';

CREATE TABLE pledge_author (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    position int NOT NULL,
    person_id uuid,
    name text NOT NULL,
    headcount int NOT NULL DEFAULT 1 CHECK (headcount >= 1),
    PRIMARY KEY (tenant_id, pledge_id, position),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id)
);
CREATE INDEX pledge_author_person ON pledge_author (tenant_id, person_id) WHERE person_id IS NOT NULL;
COMMENT ON TABLE pledge_author IS 'Who pledges together with the pledger: members by id, others by name or as a number of people (R-033).';

CREATE TABLE pledge_version (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    number int NOT NULL,
    state text NOT NULL
        CHECK (state IN ('draft', 'submitted', 'passed_once', 'returned', 'approved', 'published', 'superseded', 'withdrawn')),
    headline text NOT NULL,
    ability text NOT NULL DEFAULT '',
    duty text NOT NULL DEFAULT '',
    goals text NOT NULL DEFAULT '',
    consultation jsonb,
    reason text NOT NULL DEFAULT '',
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    submitted_at timestamptz,
    published_at timestamptz,
    PRIMARY KEY (tenant_id, pledge_id, number),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id)
);
CREATE INDEX pledge_version_state ON pledge_version (tenant_id, state) WHERE state IN ('submitted', 'passed_once', 'returned', 'approved');
COMMENT ON TABLE pledge_version IS 'A text of a pledge. Whatever was handed in stays as it was; a change is the next number (R-045, R-054).';

CREATE TABLE pledge_item (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    version int NOT NULL,
    item_id uuid NOT NULL,
    position int NOT NULL,
    content text NOT NULL,
    measure text NOT NULL DEFAULT '',
    due_on date,
    responsible text NOT NULL DEFAULT '',
    beneficiaries text NOT NULL DEFAULT '',
    aspect text NOT NULL DEFAULT '',
    origin text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    linked_item_id uuid,
    PRIMARY KEY (tenant_id, pledge_id, version, item_id),
    FOREIGN KEY (tenant_id, pledge_id, version) REFERENCES pledge_version (tenant_id, pledge_id, number)
);
CREATE INDEX pledge_item_due ON pledge_item (tenant_id, due_on);
CREATE INDEX pledge_item_linked ON pledge_item (tenant_id, linked_item_id) WHERE linked_item_id IS NOT NULL;
COMMENT ON TABLE pledge_item IS 'A matter that is promised (实事). item_id stays the same from version to version.';

CREATE TABLE treatment (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    year int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('encouraged', 'exempt')),
    reason text NOT NULL,
    work text NOT NULL DEFAULT '',
    state text NOT NULL CHECK (state IN ('applied', 'consented', 'refused', 'withdrawn')),
    applied_by uuid NOT NULL,
    applied_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    advice text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX treatment_one ON treatment (tenant_id, person_id, year) WHERE state IN ('applied', 'consented');
CREATE INDEX treatment_organization ON treatment (tenant_id, organization_id, year);
COMMENT ON TABLE treatment IS 'Who need not pledge in a year: encouraged to other work, or exempt with the superior''s consent (R-013, R-014). reason is encrypted: it may speak of health.';

CREATE TABLE round (
    tenant_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    year int NOT NULL,
    opens_on date NOT NULL,
    closes_on date NOT NULL CHECK (closes_on >= opens_on),
    publish_by_on date,
    document text NOT NULL DEFAULT '',
    set_by uuid NOT NULL,
    set_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, organization_id, year)
);
COMMENT ON TABLE round IS 'The window of a year''s pledges as an organisation set it for itself and all below (R-031, R-044, R-059).';

-- Coverage walks these two side by side: who is there, and who has pledged, both in the order of the person's id.
CREATE INDEX person_covered ON person (tenant_id, id) INCLUDE (organization_id, standing, exempt) WHERE active;
CREATE INDEX pledge_given ON pledge (tenant_id, year, person_id, oral)
    WHERE kind = 'annual' AND submitted_at IS NOT NULL AND state <> 'withdrawn' AND community = '';

CREATE TABLE import_run (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    filename text NOT NULL,
    content bytea,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    entered_at timestamptz,
    created int NOT NULL DEFAULT 0,
    unchanged int NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX import_run_abandoned ON import_run (made_at) WHERE entered_at IS NULL;
COMMENT ON TABLE import_run IS 'A table of pledges between its preview and its entry; the file goes when it was entered, or after a day.';
