-- Where nobody in the university stands above, an organisation's pledge is decided by what its outside superior wrote.

ALTER TABLE appraisal ADD COLUMN outside_document text NOT NULL DEFAULT '';
ALTER TABLE appraisal ADD COLUMN outside_on date;
ALTER TABLE appraisal ADD CHECK ((outside_document = '') = (outside_on IS NULL));
COMMENT ON COLUMN appraisal.outside_document IS 'Title and 文号 of the document of the outside superior from which the result was entered, with its day in outside_on.';
