-- A revision that was taken back no longer hides the text that stands on the wall (R-045).

UPDATE pledge p SET version = p.published_version
FROM pledge_version v
WHERE p.published_version IS NOT NULL AND v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.number = p.version
  AND v.state = 'withdrawn';
COMMENT ON COLUMN pledge.version IS 'The newest text that stands: not one that was taken back. Numbers are never given twice.';
