-- Who pledged together is appraised one by one. A worker of the release before fails on its old key and is tried again.

ALTER TABLE appraised DROP CONSTRAINT appraised_pkey;
ALTER TABLE appraised ADD PRIMARY KEY (tenant_id, pledge_id, person_id);
