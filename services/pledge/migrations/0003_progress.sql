-- How pledges are fulfilled (履诺) and supervised (督诺): progress, difficulties, remarks, measures, inspections, care.

CREATE TABLE progress (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    item_id uuid NOT NULL,
    position int NOT NULL CHECK (position >= 1),
    state text NOT NULL CHECK (state IN ('underway', 'done', 'partial', 'undone', 'changed', 'cancelled')),
    happened_on date NOT NULL,
    note text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    correction text NOT NULL DEFAULT '',
    entered_by uuid NOT NULL,
    entry_reason text NOT NULL DEFAULT '',
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, pledge_id, item_id, position),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id),
    CHECK (state NOT IN ('undone', 'changed', 'cancelled') OR reason <> '')
);
COMMENT ON TABLE progress IS 'What was reported on a matter that was promised; the entry with the highest position counts (R-070, R-077). A pledge of one sentence is a matter by itself: item_id is then the pledge''s id. Append-only.';

CREATE FUNCTION kept_as_it_was_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are kept as they were made';
END $$;
CREATE TRIGGER progress_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON progress
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_it_was_entered();

CREATE TABLE reminder (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    item_id uuid NOT NULL,
    due_on date NOT NULL,
    stage text NOT NULL CHECK (stage IN ('before', 'after')),
    reminded_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, pledge_id, item_id, due_on, stage)
);
COMMENT ON TABLE reminder IS 'Of which matters and deadlines somebody was reminded, before and after (R-073). A later deadline is reminded of anew.';

CREATE TABLE difficulty (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    item_id uuid,
    organization_id uuid NOT NULL,
    person_id uuid,
    sealed bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('reported', 'answered', 'passed_up', 'solved')),
    reported_by uuid NOT NULL,
    reported_at timestamptz NOT NULL,
    entry_reason text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id)
);
CREATE INDEX difficulty_organization ON difficulty (tenant_id, organization_id, reported_at);
CREATE INDEX difficulty_pledge ON difficulty (tenant_id, pledge_id);
COMMENT ON TABLE difficulty IS 'What keeps somebody from fulfilling a pledge (R-080). The text is encrypted; colleagues do not see it.';

CREATE TABLE difficulty_answer (
    tenant_id uuid NOT NULL,
    difficulty_id uuid NOT NULL,
    position int NOT NULL,
    sealed bytea NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('answered', 'passed_up', 'solved')),
    answered_by uuid NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, difficulty_id, position),
    FOREIGN KEY (tenant_id, difficulty_id) REFERENCES difficulty (tenant_id, id)
);
COMMENT ON TABLE difficulty_answer IS 'What the branch or the 党总支 answered, and who helped how; encrypted. Append-only.';
CREATE TRIGGER difficulty_answer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON difficulty_answer
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_it_was_entered();

CREATE TABLE remark (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    period text NOT NULL,
    position int NOT NULL CHECK (position >= 1),
    pledge_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('praise', 'encourage', 'remind', 'skipped')),
    text text NOT NULL CHECK (text <> ''),
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, organization_id, period, person_id, position),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id)
);
CREATE INDEX remark_person ON remark (tenant_id, person_id);
COMMENT ON TABLE remark IS 'What an organisation said of a pledger in a period, or why it said nothing (R-072, R-074). The highest position counts. Append-only.';
CREATE TRIGGER remark_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON remark
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_it_was_entered();

CREATE TABLE summary (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    period text NOT NULL,
    position int NOT NULL CHECK (position >= 1),
    text text NOT NULL CHECK (text <> ''),
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, organization_id, period, position)
);
COMMENT ON TABLE summary IS 'How an organisation sums up in a period what became of its pledges (梳理总结, R-074). The highest position counts. Append-only.';
CREATE TRIGGER summary_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON summary
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_it_was_entered();

CREATE TABLE measure (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    item_id uuid,
    organization_id uuid NOT NULL,
    person_id uuid,
    kind text NOT NULL CHECK (kind IN ('help', 'criticism', 'rectify', 'announce')),
    state text NOT NULL CHECK (state IN ('proposed', 'heard', 'decided', 'accepted', 'failed', 'dropped')),
    sealed bytea NOT NULL,
    skip_reason text NOT NULL DEFAULT '',
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    reply_by_on date,
    heard_by uuid,
    heard_at timestamptz,
    waived boolean NOT NULL DEFAULT false,
    decided_by uuid,
    decided_at timestamptz,
    decided_on date,
    due_on date,
    accepted_by uuid,
    accepted_on date,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id),
    CHECK ((kind = 'help') = (reply_by_on IS NULL)),
    CHECK (kind = 'help' OR decided_at IS NULL OR heard_at IS NOT NULL OR decided_on > reply_by_on),
    CHECK ((decided_at IS NULL) = (state IN ('proposed', 'heard', 'dropped'))),
    CHECK (state NOT IN ('accepted', 'failed') OR (kind = 'rectify' AND accepted_on IS NOT NULL)),
    CHECK (kind <> 'rectify' OR decided_at IS NULL OR due_on IS NOT NULL)
);
CREATE INDEX measure_pledge ON measure (tenant_id, pledge_id);
CREATE INDEX measure_open ON measure (tenant_id, organization_id) WHERE state IN ('proposed', 'heard', 'decided');
COMMENT ON TABLE measure IS 'What people decided on a pledge that was not kept in time: help, 通报批评, 责令限期整改, 向党员群众通报 (R-073, R-075, R-079). Reasons, replies and results are encrypted.';

CREATE TABLE inspection (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('symposium', 'regular', 'random')),
    year int NOT NULL,
    title text NOT NULL,
    held_on date NOT NULL,
    seed text NOT NULL DEFAULT '',
    listed uuid[] NOT NULL DEFAULT '{}',
    drawn uuid[] NOT NULL DEFAULT '{}' CHECK (drawn <@ listed),
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK ((kind = 'random') = (seed <> ''))
);
CREATE INDEX inspection_organization ON inspection (tenant_id, organization_id, held_on);
COMMENT ON TABLE inspection IS 'An inspection by a superior (R-078); a random sample with the seed and the sorted list from which anybody draws the same again. Append-only.';
CREATE TRIGGER inspection_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inspection
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_it_was_entered();

CREATE TABLE observation (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    pledge_id uuid,
    text text NOT NULL CHECK (text <> ''),
    follow_up text NOT NULL DEFAULT '',
    follow_up_on date,
    result text NOT NULL DEFAULT '',
    done_on date,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, inspection_id) REFERENCES inspection (tenant_id, id),
    CHECK (follow_up <> '' OR follow_up_on IS NULL),
    CHECK ((done_on IS NULL) = (result = ''))
);
CREATE INDEX observation_inspection ON observation (tenant_id, inspection_id);
COMMENT ON TABLE observation IS 'What an inspection found, of one pledge or in general, and what followed (R-078).';

CREATE TABLE hardship (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    sealed bytea NOT NULL,
    since_on date NOT NULL,
    ended_on date CHECK (ended_on >= since_on),
    noted_by uuid NOT NULL,
    noted_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, person_id)
);
COMMENT ON TABLE hardship IS 'Which members live in hardship or are old and alone (R-081); the circumstances are encrypted, only officers see who.';

CREATE TABLE care (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    sealed bytea NOT NULL,
    given_on date NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX care_person ON care (tenant_id, person_id, given_on);
COMMENT ON TABLE care IS 'What was done for a member in hardship: visit, help, who came (R-081); encrypted. Append-only.';
CREATE TRIGGER care_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON care
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_it_was_entered();
