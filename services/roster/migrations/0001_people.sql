-- What roster keeps beyond the directory, which in this database is the truth and so must be unique.

CREATE UNIQUE INDEX organization_path_once ON organization (tenant_id, path);
CREATE UNIQUE INDEX person_number_once ON person (tenant_id, number);

CREATE TABLE person_detail (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    gender text NOT NULL DEFAULT '' CHECK (gender IN ('', 'male', 'female')),
    birth_year int CHECK (birth_year BETWEEN 1900 AND 2100),
    joined_on date,
    joined_precision text NOT NULL DEFAULT 'day' CHECK (joined_precision IN ('day', 'month', 'year')),
    formal_on date,
    formal_precision text NOT NULL DEFAULT 'day' CHECK (formal_precision IN ('day', 'month', 'year')),
    without_office boolean NOT NULL DEFAULT false,
    post text NOT NULL DEFAULT '',
    phone text NOT NULL DEFAULT '',
    remark text NOT NULL DEFAULT '',
    floating_since date,
    reading text NOT NULL DEFAULT '',
    keys text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, person_id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id)
);
COMMENT ON TABLE person_detail IS 'What only roster needs to know of a person. There is no 身份证号 here, on purpose.';
COMMENT ON COLUMN person_detail.joined_precision IS '入党时间 is often known to the month only; the date is then its first day';
COMMENT ON COLUMN person_detail.without_office IS '无职党员 (R-011); post is the 岗位 that 设岗定责 gave';
COMMENT ON COLUMN person_detail.reading IS 'pinyin as the person corrected it';
COMMENT ON COLUMN person_detail.keys IS 'words under which the person is found, each after a space';

CREATE TABLE contact (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    made_on date NOT NULL,
    channel text NOT NULL CHECK (channel IN ('visit', 'phone', 'video', 'letter', 'email')),
    by_member boolean NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX contact_person ON contact (tenant_id, person_id, made_on);
COMMENT ON TABLE contact IS 'Contacts with members who are away (R-016); only those that the member began count as 主动报到.';

CREATE TABLE exemption (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    effect text NOT NULL CHECK (effect IN ('exempt', 'uncounted')),
    sealed bytea NOT NULL,
    document text NOT NULL DEFAULT '',
    resolved_on date,
    starts_on date NOT NULL,
    ends_on date,
    state text NOT NULL CHECK (state IN ('requested', 'consented', 'refused', 'ended')),
    applied boolean NOT NULL DEFAULT false,
    asked_by uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    decision text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX exemption_person ON exemption (tenant_id, person_id);
CREATE INDEX exemption_due ON exemption (starts_on, ends_on) WHERE state = 'consented';
CREATE UNIQUE INDEX exemption_open_once ON exemption (tenant_id, person_id, effect)
    WHERE state IN ('requested', 'consented');
COMMENT ON TABLE exemption IS 'Who may stay away (R-014) or does not belong to 应到会 (requirements 2.1), with the consent of the superior.';
COMMENT ON COLUMN exemption.applied IS 'whether the person bears it now: a consent may be for a later day';
COMMENT ON COLUMN exemption.sealed IS 'ground and reason, encrypted: they tell of health or discipline; every reading is audited';

CREATE TABLE import_run (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('organizations', 'people')),
    filename text NOT NULL,
    whole boolean NOT NULL,
    content bytea,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    committed_at timestamptz,
    created int NOT NULL DEFAULT 0,
    changed int NOT NULL DEFAULT 0,
    gone int NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX import_run_made_at ON import_run (made_at);
COMMENT ON TABLE import_run IS 'An uploaded table between its preview and its entry; the bytes go with the entry, or after a day.';
COMMENT ON COLUMN import_run.whole IS 'the table lists everybody of the branches it names: who is missing has left';
