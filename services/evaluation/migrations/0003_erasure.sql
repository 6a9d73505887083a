-- What people wrote about a finding is kept for the time that the scheme says, and erased then; the finding itself stays.

ALTER TABLE finding ADD COLUMN erase_on date;
ALTER TABLE finding ADD COLUMN erased_at timestamptz;
UPDATE finding SET erase_on = (ended_on + interval '12 months')::date + 1
FROM (
    SELECT tenant_id AS ended_tenant, id AS ended_id,
           CASE
               WHEN state = 'withdrawn' THEN (withdrawn_at AT TIME ZONE 'Asia/Shanghai')::date
               WHEN upheld = false THEN (reviewed_at AT TIME ZONE 'Asia/Shanghai')::date
               WHEN established = false THEN (decided_at AT TIME ZONE 'Asia/Shanghai')::date
               ELSE valid_until_on
           END AS ended_on
    FROM finding
) ended
WHERE tenant_id = ended_tenant AND id = ended_id AND ended_on IS NOT NULL;
CREATE INDEX finding_to_erase ON finding (erase_on) WHERE erased_at IS NULL;
COMMENT ON COLUMN finding.erase_on IS 'From this day on the texts are erased; empty while the finding is not concluded.';
COMMENT ON COLUMN finding.erased_at IS 'When sealed was emptied. Condition, days and state stay.';
