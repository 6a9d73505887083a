-- What one person promised and said of others is found by the person, not among what a province did in ten years.

CREATE INDEX pledge_person ON pledge (tenant_id, person_id);
CREATE INDEX comment_by ON comment (tenant_id, by, at DESC);
