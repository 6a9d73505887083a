-- Why totals from paper were taken back after forms were closed, which is the only way left for those not confirmed by then.

ALTER TABLE form_paper ADD COLUMN drop_reason text NOT NULL DEFAULT '';
COMMENT ON COLUMN form_paper.drop_reason IS 'Stated where totals are dropped after the occasion takes no more forms; before that nobody has seen sums and none is asked for.';
