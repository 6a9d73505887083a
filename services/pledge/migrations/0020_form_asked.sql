-- Whoever asks for the own form again with the same request gets the same one: the first answer may have been lost.

ALTER TABLE form_taken ADD COLUMN asked bytea;
COMMENT ON COLUMN form_taken.asked IS 'Tells the same request again. A one-way digest, under the key of the service, of a random number that only the member''s browser keeps; the token of the form follows from that number, not from this.';
