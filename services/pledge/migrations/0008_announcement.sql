-- What is announced to members and masses of an organisation: words decided for publication, apart from the sealed facts.

ALTER TABLE measure ADD COLUMN announcement text NOT NULL DEFAULT '' CHECK (announcement = '' OR kind = 'announce');
CREATE INDEX measure_announced ON measure (tenant_id, organization_id, decided_on) WHERE announcement <> '';
COMMENT ON COLUMN measure.announcement IS 'In the clear, because it is meant for all of the organisation (R-075); everything else people wrote is in sealed.';
