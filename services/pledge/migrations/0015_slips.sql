-- The form of the masses may ask for the code of a printed slip, one for each person who was invited (R-095).

ALTER TABLE assessment ADD COLUMN coded boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN assessment.coded IS 'Whether the form of the masses is answered with the codes of slips; the codes are stored nowhere, they follow from the secret of the service.';
