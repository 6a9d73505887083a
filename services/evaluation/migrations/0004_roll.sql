-- Who may vote electronically, and the credential with which each does, for as long as it is needed.

CREATE TABLE roll (
    tenant_id uuid NOT NULL,
    election_id uuid NOT NULL,
    electronic int NOT NULL CHECK (electronic > 0),
    paper int NOT NULL CHECK (paper >= 0),
    secrecy_minimum int NOT NULL CHECK (secrecy_minimum >= 0),
    erase_on date NOT NULL,
    erased_at timestamptz,
    PRIMARY KEY (tenant_id, election_id),
    FOREIGN KEY (tenant_id, election_id) REFERENCES election (tenant_id, id)
);
CREATE INDEX roll_kept ON roll (tenant_id, election_id) WHERE erased_at IS NULL;
COMMENT ON TABLE roll IS 'The roll (选民名单) of an electronic or mixed ballot in numbers, fixed when the ballot is called. A paper ballot has none.';
COMMENT ON COLUMN roll.erase_on IS 'From this day on the credentials are erased whatever became of the ballot.';
COMMENT ON COLUMN roll.erased_at IS 'When the credentials were erased: the objections were over, the ballot was void, or erase_on came.';

CREATE TABLE elector (
    tenant_id uuid NOT NULL,
    election_id uuid NOT NULL,
    person_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('paper', 'electronic')),
    credential bytea,
    PRIMARY KEY (tenant_id, election_id, person_id),
    FOREIGN KEY (tenant_id, election_id) REFERENCES roll (tenant_id, election_id),
    CHECK (channel = 'electronic' OR credential IS NULL)
);
CREATE INDEX elector_person ON elector (tenant_id, person_id) WHERE credential IS NOT NULL;
COMMENT ON TABLE elector IS 'Who may vote by which channel. Never whether somebody voted: evaluation does not learn it.';
COMMENT ON COLUMN elector.credential IS 'The private credential, encrypted; empty for paper, and once it was erased.';
