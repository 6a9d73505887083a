-- Who pledged together is appraised one by one: a pledge stands on an occasion once for each of its members.

ALTER TABLE appraisal DROP CONSTRAINT appraisal_tenant_id_assessment_id_pledge_id_key;
CREATE UNIQUE INDEX appraisal_one ON appraisal (tenant_id, assessment_id, pledge_id, coalesce(person_id, pledge_id));
DROP INDEX appraisal_closing;
CREATE UNIQUE INDEX appraisal_closing ON appraisal (tenant_id, pledge_id, coalesce(person_id, pledge_id))
    WHERE closing;
COMMENT ON TABLE appraisal IS 'One pledge and one of those who made it on one occasion (R-033); the pledge ends with the last closing one. reason and reply are encrypted (R-090, R-091).';
