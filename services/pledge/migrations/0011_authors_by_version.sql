-- Who promises together belongs to the text that says so, and each member named may say that it is a mistake.

ALTER TABLE pledge_author ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE pledge_author DROP CONSTRAINT pledge_author_pkey;
INSERT INTO pledge_author (tenant_id, pledge_id, version, position, person_id, name, headcount)
SELECT a.tenant_id, a.pledge_id, v.number, a.position, a.person_id, a.name, a.headcount
FROM pledge_author a JOIN pledge_version v ON v.tenant_id = a.tenant_id AND v.pledge_id = a.pledge_id AND v.number > 1;
ALTER TABLE pledge_author ADD PRIMARY KEY (tenant_id, pledge_id, version, position);
COMMENT ON TABLE pledge_author IS 'Who pledges together with the pledger in a version: members by id, others by name or as a number of people (R-033, R-045).';

CREATE TABLE pledge_answer (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    person_id uuid NOT NULL,
    joins boolean NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, pledge_id, person_id),
    FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id)
);
COMMENT ON TABLE pledge_answer IS 'What a member who is named on a pledge said: that he or she joins, or that it is a mistake; who declined counts nowhere (R-033).';

CREATE VIEW pledge_companion AS
SELECT a.tenant_id, a.pledge_id, a.version, a.position, a.person_id, a.name, a.headcount,
       a.version = coalesce(p.published_version, (
           SELECT max(v.number) FROM pledge_version v
           WHERE v.tenant_id = a.tenant_id AND v.pledge_id = a.pledge_id AND v.submitted_at IS NOT NULL
             AND v.state <> 'withdrawn'), p.version) AS counts
FROM pledge_author a
JOIN pledge p ON p.tenant_id = a.tenant_id AND p.id = a.pledge_id AND p.form IN ('group', 'joint')
WHERE NOT EXISTS (
    SELECT FROM pledge_answer w
    WHERE w.tenant_id = a.tenant_id AND w.pledge_id = a.pledge_id AND w.person_id = a.person_id AND NOT w.joins);
COMMENT ON VIEW pledge_companion IS 'Authors who did not decline; counts: of the text that the public reads, before that of the newest that was handed in.';
