CREATE TABLE finding (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    meeting_id uuid,
    condition int NOT NULL CHECK (condition > 0),
    sensitive boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'hearing', 'replied', 'decided', 'reviewed', 'withdrawn')),
    sealed bytea NOT NULL,
    scheme_id uuid NOT NULL,
    scheme_version int NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    heard_at timestamptz,
    reply_until_on date,
    replied_at timestamptz,
    waived boolean NOT NULL DEFAULT false,
    decided_by uuid,
    decided_at timestamptz,
    participants text[] NOT NULL DEFAULT '{}',
    established boolean,
    valid_from_on date,
    valid_until_on date,
    reviewed_by uuid,
    reviewed_at timestamptz,
    upheld boolean,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX finding_organization ON finding (tenant_id, organization_id, state);
CREATE INDEX finding_person ON finding (tenant_id, person_id, state);
COMMENT ON TABLE finding IS 'Findings under the conditions of the scheme: who, which condition, at which stage. People decide; the system proposes nothing here.';
COMMENT ON COLUMN finding.sealed IS 'Everything that people wrote (facts, evidence, reply, statements), encrypted; readable only through the application.';

CREATE TABLE proposal_decision (
    tenant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    person_id uuid NOT NULL,
    code text NOT NULL,
    confirmed boolean NOT NULL,
    reason text NOT NULL,
    decided_by uuid NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, meeting_id, person_id, code)
);
COMMENT ON TABLE proposal_decision IS 'What the branch committee decided on an obstacle that the system computed from attendance or register.';

CREATE TABLE allotment (
    tenant_id uuid NOT NULL,
    period text NOT NULL,
    organization_id uuid NOT NULL,
    pool_id uuid NOT NULL,
    base int NOT NULL CHECK (base >= 0),
    places int NOT NULL CHECK (places >= 0),
    calculation text NOT NULL,
    decided_by uuid NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, period, organization_id)
);
CREATE INDEX allotment_pool ON allotment (tenant_id, pool_id, period);
COMMENT ON TABLE allotment IS 'Places that a general branch (pool_id) gave each branch for a quarter before the vote, where the scheme pools them.';

CREATE TABLE election (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    period text NOT NULL,
    follows_id uuid,
    reason text NOT NULL CHECK (reason IN ('first', 'tie', 'void', 'annulled')),
    title text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('paper', 'electronic', 'mixed')),
    state text NOT NULL CHECK (state IN ('called', 'opened', 'closed', 'counted', 'annulled')),
    candidates jsonb NOT NULL,
    places int NOT NULL CHECK (places > 0),
    base int NOT NULL CHECK (base >= 0),
    calculation text NOT NULL,
    leader_places int,
    again boolean NOT NULL,
    entitled int NOT NULL CHECK (entitled >= 0),
    present int NOT NULL CHECK (present >= 0),
    tellers uuid[] NOT NULL,
    declined uuid[] NOT NULL DEFAULT '{}',
    exceptions_reason text NOT NULL DEFAULT '',
    scheme_id uuid NOT NULL,
    scheme_version int NOT NULL,
    called_by uuid,
    called_at timestamptz NOT NULL,
    opened_at timestamptz,
    closed_at timestamptz,
    counted_at timestamptz,
    annulled_at timestamptz,
    issued int,
    returned int,
    valid int,
    invalid int,
    abstained int,
    annul_reason text,
    annul_statement text NOT NULL DEFAULT '',
    outcome jsonb,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX election_meeting ON election (tenant_id, meeting_id, called_at);
CREATE INDEX election_organization ON election (tenant_id, organization_id, period);
CREATE UNIQUE INDEX election_follows ON election (tenant_id, follows_id) WHERE follows_id IS NOT NULL;
COMMENT ON TABLE election IS 'Ballots that a branch called: candidates, places with their calculation, tellers, what was counted and what followed from it. Never a vote.';
COMMENT ON COLUMN election.called_by IS 'Empty when the scheme''s rule on ties called a re-vote by itself.';
COMMENT ON COLUMN election.again IS 'A vote among those who tied: the threshold was passed before, the most votes decide.';
COMMENT ON COLUMN election.leader_places IS 'How many of the places leaders may take under ballot.leaders_share; empty without such a cap.';
COMMENT ON COLUMN election.outcome IS 'How the count was read: winners, empty places, who tied and by which rule it was settled. No votes.';

CREATE TABLE election_total (
    tenant_id uuid NOT NULL,
    election_id uuid NOT NULL,
    person_id uuid NOT NULL,
    votes int NOT NULL CHECK (votes >= 0),
    PRIMARY KEY (tenant_id, election_id, person_id)
);
COMMENT ON TABLE election_total IS 'How many valid papers name a candidate. Shown only to those whom R-136 and the scheme allow.';

CREATE TABLE no_election (
    tenant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    period text NOT NULL,
    reason text NOT NULL,
    resolved_by uuid NOT NULL,
    resolved_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, meeting_id)
);
COMMENT ON TABLE no_election IS 'A branch resolved to elect nobody at a meeting, with its reason (requirements Q3).';

CREATE TABLE award (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    election_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    filing_organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    period text NOT NULL,
    name text NOT NULL,
    stroke_key text COLLATE "C" NOT NULL,
    identity text NOT NULL,
    ordinary boolean NOT NULL,
    deed text NOT NULL,
    state text NOT NULL CHECK (state IN (
        'elected', 'verified', 'filed', 'acknowledged', 'posted', 'published', 'withheld', 'stopped', 'revoked')),
    withheld_reasons text[] NOT NULL DEFAULT '{}',
    elected_at timestamptz NOT NULL,
    filing_id uuid,
    filing_number text NOT NULL DEFAULT '',
    acknowledged_on date,
    notice_id uuid,
    notice_starts_on date,
    notice_ends_on date,
    published_on date,
    stop_cause text NOT NULL DEFAULT '',
    revoked_on date,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX award_organization ON award (tenant_id, organization_id, period);
CREATE INDEX award_election ON award (tenant_id, election_id);
CREATE INDEX award_person ON award (tenant_id, person_id);
COMMENT ON TABLE award IS 'The ledger of winners (R-135): from the count to publication. The state only moves forward, in whatever order events arrive.';

CREATE TABLE award_step (
    tenant_id uuid NOT NULL,
    award_id uuid NOT NULL,
    step text NOT NULL,
    event_id uuid NOT NULL,
    at timestamptz NOT NULL,
    by_id uuid,
    document text NOT NULL DEFAULT '',
    note text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, award_id, step, event_id)
);
COMMENT ON TABLE award_step IS 'What happened to an award, one row per event heard: the award''s path.';
COMMENT ON COLUMN award_step.document IS 'Where the document of the step stands, or empty.';
