-- Sign-ins in vain fade: of an address by half each hour, so that a campus behind one address is not held up for ever.

ALTER TABLE sign_in_failure ADD COLUMN halved_at timestamptz;
COMMENT ON COLUMN sign_in_failure.halved_at IS 'Up to when the failures have faded; without it, up to last_at.';
