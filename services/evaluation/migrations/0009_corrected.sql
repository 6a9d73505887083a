-- Names and identities follow what a returned filing was corrected to, in whatever order its submissions are heard.

ALTER TABLE award ADD COLUMN corrected_by int NOT NULL DEFAULT 0;
COMMENT ON COLUMN award.corrected_by IS 'The revision of the filing that last said how the line reads; 0 while it reads as it was verified.';
