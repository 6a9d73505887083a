-- Registers, meetings and attendance.

CREATE TABLE deed (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    period text NOT NULL,
    aspects text[] NOT NULL,
    type text NOT NULL,
    field text,
    text text NOT NULL,
    happened_on date,
    place text NOT NULL,
    witness text NOT NULL,
    pledge_id uuid,
    declared boolean NOT NULL CHECK (declared),
    state text NOT NULL CHECK (state IN ('entered', 'presented', 'confirmed')),
    addition_of uuid,
    addition_reason text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    entry_reason text NOT NULL,
    confirmed_by uuid,
    confirmed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, addition_of) REFERENCES deed (tenant_id, id)
);
CREATE INDEX deed_person ON deed (tenant_id, person_id, period);
CREATE INDEX deed_organization ON deed (tenant_id, organization_id, period);
COMMENT ON TABLE deed IS 'Entries of the 登记证. What was presented at a meeting is never changed, only added to.';
COMMENT ON COLUMN deed.organization_id IS 'the branch in which the deed was entered';
COMMENT ON COLUMN deed.entry_reason IS 'why somebody else entered it for the member, or empty';

CREATE TABLE no_entry (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    period text NOT NULL,
    objective boolean NOT NULL,
    reason text NOT NULL,
    noted_by uuid NOT NULL,
    noted_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, person_id, period)
);
COMMENT ON TABLE no_entry IS 'Why a member has no entry in a quarter; an objective reason does not count against the member (R-159).';

CREATE TABLE meeting (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    superior_id uuid,
    period text NOT NULL,
    title text NOT NULL,
    starts_at timestamptz NOT NULL,
    place text NOT NULL,
    agenda text NOT NULL,
    state text NOT NULL CHECK (state IN ('announced', 'open', 'closed', 'cancelled')),
    announced_by uuid NOT NULL,
    announced_at timestamptz NOT NULL,
    late_reason text NOT NULL,
    scheme_id uuid NOT NULL,
    scheme_version int NOT NULL,
    observer_id uuid,
    observer_reason text NOT NULL,
    observer_by uuid,
    observer_at timestamptz,
    opened_by uuid,
    opened_at timestamptz,
    closed_by uuid,
    closed_at timestamptz,
    chair text NOT NULL,
    recorder text NOT NULL,
    summary text NOT NULL,
    cancel_reason text NOT NULL,
    cancelled_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX meeting_quarter ON meeting (tenant_id, organization_id, period) WHERE state <> 'cancelled';
CREATE INDEX meeting_period ON meeting (tenant_id, period, organization_id);
CREATE INDEX meeting_superior ON meeting (tenant_id, superior_id) WHERE state = 'announced';
COMMENT ON TABLE meeting IS 'The quarterly meeting of a branch, from its announcement to its locked minutes.';

CREATE TABLE attendee (
    tenant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    person_id uuid NOT NULL,
    capacity text NOT NULL CHECK (capacity IN ('member', 'activist', 'guest', 'observer')),
    name text NOT NULL,
    number text NOT NULL,
    stroke_key text COLLATE "C" NOT NULL,
    standing text,
    identity text,
    leader boolean NOT NULL,
    exempt boolean NOT NULL,
    counted boolean NOT NULL,
    floating boolean NOT NULL,
    presence text NOT NULL CHECK (presence IN ('not_marked', 'present', 'leave', 'absent')),
    excused boolean NOT NULL,
    reason bytea,
    channel text NOT NULL,
    marked_by uuid,
    marked_at timestamptz,
    PRIMARY KEY (tenant_id, meeting_id, person_id),
    FOREIGN KEY (tenant_id, meeting_id) REFERENCES meeting (tenant_id, id),
    CHECK (presence = 'leave' OR presence = 'absent' OR NOT excused)
);
COMMENT ON TABLE attendee IS 'Who belongs to a meeting, as the directory knew them when it opened; later transfers change nothing.';
COMMENT ON COLUMN attendee.person_id IS 'for a guest who is not in the directory: an id made for this meeting';
COMMENT ON COLUMN attendee.reason IS 'encrypted: a reason for leave may speak of health';

CREATE TABLE leave (
    tenant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    person_id uuid NOT NULL,
    reason bytea NOT NULL,
    asked_at timestamptz NOT NULL,
    granted boolean,
    note text NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    PRIMARY KEY (tenant_id, meeting_id, person_id),
    FOREIGN KEY (tenant_id, meeting_id) REFERENCES meeting (tenant_id, id)
);
COMMENT ON TABLE leave IS 'Requests for leave and whether the secretary found 正当理由; the reason is encrypted.';

CREATE TABLE presentation (
    tenant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    person_id uuid NOT NULL,
    manner text NOT NULL CHECK (manner IN ('spoken', 'read_by_other', 'written', 'none')),
    reason text NOT NULL,
    text text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, meeting_id, person_id),
    FOREIGN KEY (tenant_id, meeting_id) REFERENCES meeting (tenant_id, id),
    CHECK (manner <> 'none' OR reason <> '')
);
COMMENT ON TABLE presentation IS 'How each member presented the deeds of the quarter, or why not (R-118).';

CREATE TABLE comment (
    tenant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    person_id uuid NOT NULL,
    text text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('praise', 'encourage', 'remind')),
    by uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, meeting_id, person_id),
    FOREIGN KEY (tenant_id, meeting_id) REFERENCES meeting (tenant_id, id)
);
COMMENT ON TABLE comment IS 'The 点评 of every member (R-119).';

CREATE TABLE note (
    tenant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('discussion', 'correction')),
    text text NOT NULL,
    by uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, meeting_id, id),
    FOREIGN KEY (tenant_id, meeting_id) REFERENCES meeting (tenant_id, id)
);
COMMENT ON TABLE note IS 'What was discussed, and corrections to locked minutes; only ever added to.';

CREATE TABLE attendance (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    held_on date NOT NULL,
    title text NOT NULL,
    present boolean NOT NULL,
    excused boolean NOT NULL,
    note text NOT NULL,
    meeting_id uuid,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, person_id, held_on, title),
    CHECK (NOT (present AND excused))
);
CREATE INDEX attendance_meeting ON attendance (tenant_id, meeting_id);
COMMENT ON TABLE attendance IS 'Every 组织生活 a person should have attended: imported, or copied from a quarterly meeting (meeting_id).';
