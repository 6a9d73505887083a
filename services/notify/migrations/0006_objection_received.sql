-- The day on which an objection on paper lay there: it decides whether it came in time, whenever it is entered.

ALTER TABLE objection ADD COLUMN received_on date;
COMMENT ON COLUMN objection.received_on IS 'When an objection on paper was received; one on the page is received when it is raised.';
