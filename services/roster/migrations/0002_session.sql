-- Who can sign in with a password, and how often it was tried in vain.

CREATE TABLE account (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    password_hash text NOT NULL,
    must_change boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, person_id)
);
COMMENT ON TABLE account IS 'The password of a person, as an argon2 hash; a person without a row can sign in through the campus only.';
COMMENT ON COLUMN account.must_change IS 'Somebody else set it: the person is asked for a new one at the next sign-in.';

CREATE TABLE sign_in_failure (
    tenant_id uuid NOT NULL,
    subject text NOT NULL,
    failures int NOT NULL CHECK (failures > 0),
    last_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, subject)
);
CREATE INDEX sign_in_failure_last_at ON sign_in_failure (last_at);
COMMENT ON TABLE sign_in_failure IS 'Sign-ins in vain, for growing pauses. The subject is a keyed hash of a number or an address, never the thing itself.';
COMMENT ON COLUMN sign_in_failure.tenant_id IS 'The university of the number; the zero uuid for an address, which belongs to none.';
