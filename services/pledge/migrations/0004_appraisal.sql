-- How pledges are appraised (评诺): the occasion, the anonymous forms, each pledge's appraisal, what may follow.

CREATE TABLE assessment (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('yearly', 'instant', 'extra')),
    year int NOT NULL CHECK (year BETWEEN 2000 AND 2200),
    title text NOT NULL CHECK (title <> ''),
    scheme_id uuid NOT NULL,
    scheme_version int NOT NULL,
    invited int NOT NULL DEFAULT 0 CHECK (invited >= 0),
    closes_on date,
    opened_by uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    forms_closed_by uuid,
    forms_closed_at timestamptz,
    published_scope text CHECK (published_scope IN ('branch', 'school', 'public')),
    published_by uuid,
    published_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((forms_closed_by IS NULL) = (forms_closed_at IS NULL)),
    CHECK ((published_scope IS NULL) = (published_at IS NULL))
);
CREATE UNIQUE INDEX assessment_yearly ON assessment (tenant_id, organization_id, year) WHERE kind = 'yearly';
CREATE INDEX assessment_organization ON assessment (tenant_id, organization_id, opened_at);
CREATE UNIQUE INDEX assessment_alone ON assessment (id);
COMMENT ON TABLE assessment IS 'An occasion on which pledges made in an organisation are appraised: yearly, of one instant pledge, or extra (R-091, R-093, R-103). invited is how many of the masses were asked; the open form takes no more answers.';

CREATE TABLE appraisal (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid,
    closing boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'decided')),
    grade text CHECK (grade <> ''),
    reason bytea,
    done int,
    total int,
    decided_by uuid,
    decided_at timestamptz,
    reply bytea,
    replied_by uuid,
    replied_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, assessment_id, pledge_id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id),
    CHECK ((state = 'decided') = (decided_at IS NOT NULL)),
    CHECK (state = 'decided' OR grade IS NULL),
    CHECK ((reply IS NULL) = (replied_at IS NULL)),
    CHECK (reply IS NULL OR state = 'decided')
);
CREATE UNIQUE INDEX appraisal_closing ON appraisal (tenant_id, pledge_id) WHERE closing;
CREATE INDEX appraisal_pledge ON appraisal (tenant_id, pledge_id);
CREATE INDEX appraisal_person ON appraisal (tenant_id, person_id);
COMMENT ON TABLE appraisal IS 'One pledge on one occasion; a closing one ends the pledge. reason and reply are encrypted (R-090, R-091).';

CREATE TABLE self_appraisal (
    tenant_id uuid NOT NULL,
    appraisal_id uuid NOT NULL,
    sealed bytea NOT NULL,
    entered_by uuid NOT NULL,
    entry_reason text NOT NULL DEFAULT '',
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, appraisal_id),
    FOREIGN KEY (tenant_id, appraisal_id) REFERENCES appraisal (tenant_id, id)
);
COMMENT ON TABLE self_appraisal IS 'What the pledger says, matter by matter (R-094); encrypted, may be rewritten until the decision.';

CREATE TABLE appraisal_comment (
    tenant_id uuid NOT NULL,
    appraisal_id uuid NOT NULL,
    source text NOT NULL CHECK (source IN ('organization', 'leader')),
    sealed bytea NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, appraisal_id, source),
    FOREIGN KEY (tenant_id, appraisal_id) REFERENCES appraisal (tenant_id, id)
);
COMMENT ON TABLE appraisal_comment IS '成绩、问题、努力方向 in the words of the organisation or a leader (R-096); encrypted, may be rewritten until the decision.';

CREATE TABLE form_taken (
    tenant_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, assessment_id, person_id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id)
);
COMMENT ON TABLE form_taken IS 'Which members took a form. The token that opens the form is stored nowhere, so nothing leads from here to an answer.';

CREATE TABLE form_box (
    tenant_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    source text NOT NULL CHECK (source IN ('peer', 'mass')),
    used bytea[] NOT NULL DEFAULT '{}',
    answers int NOT NULL DEFAULT 0 CHECK (answers = cardinality(used)),
    sealed bytea,
    PRIMARY KEY (tenant_id, assessment_id, source),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id)
) WITH (fillfactor = 50);
COMMENT ON TABLE form_box IS 'All anonymous answers of one kind in one row that every answer rewrites: sums and texts encrypted, used tokens in the order of their value. No id, time, order or transaction of a single answer remains.';

CREATE TABLE form_paper (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    source text NOT NULL CHECK (source IN ('peer', 'mass')),
    papers int NOT NULL CHECK (papers >= 1),
    sealed bytea NOT NULL,
    tellers text NOT NULL CHECK (tellers <> ''),
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    confirmed_by uuid CHECK (confirmed_by <> entered_by),
    confirmed_at timestamptz,
    dropped_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE INDEX form_paper_assessment ON form_paper (tenant_id, assessment_id);
COMMENT ON TABLE form_paper IS 'Totals of forms on paper: entered by one, confirmed by another; only confirmed ones count (R-095). sealed holds the totals.';

CREATE TABLE consequence (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    appraisal_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    step text NOT NULL CHECK (step IN ('education', 'handling')),
    state text NOT NULL CHECK (state IN ('proposed', 'heard', 'decided', 'dropped')),
    sealed bytea NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    reply_by_on date NOT NULL,
    heard_by uuid,
    heard_at timestamptz,
    decided_by uuid CHECK (decided_by <> proposed_by),
    decided_at timestamptz,
    decided_on date,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, appraisal_id) REFERENCES appraisal (tenant_id, id),
    CHECK ((decided_at IS NULL) = (state IN ('proposed', 'heard'))),
    CHECK (state <> 'decided' OR heard_at IS NOT NULL OR decided_on > reply_by_on)
);
CREATE UNIQUE INDEX consequence_one ON consequence (tenant_id, appraisal_id, step) WHERE state <> 'dropped';
CREATE INDEX consequence_person ON consequence (tenant_id, person_id);
COMMENT ON TABLE consequence IS '批评教育 and, after a refusal to mend, 组织处理 (R-100): the member is heard first, another person decides. Facts, reply and decision are encrypted.';
