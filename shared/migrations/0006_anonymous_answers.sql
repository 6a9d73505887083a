-- Anonymous answers go within the day, others after ten: each kind is found by its own age.

CREATE INDEX request_anonymous ON request (made_at) WHERE person_id = '00000000-0000-0000-0000-000000000000';
