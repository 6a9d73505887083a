-- Awards whose deed refers to a pledge (R-139). What evaluation and notify tell of an award may come in any order.

CREATE TABLE star (
    tenant_id uuid NOT NULL,
    award_id uuid NOT NULL,
    pledge_id uuid,
    period text NOT NULL,
    title text NOT NULL DEFAULT '',
    published_on date,
    revoked_on date,
    PRIMARY KEY (tenant_id, award_id)
);
CREATE INDEX star_pledge ON star (tenant_id, pledge_id) WHERE pledge_id IS NOT NULL;
COMMENT ON TABLE star IS 'An award as it concerns pledges. It is shown once it is published, until it is revoked, on the pledge to which its deed refers; most refer to none.';
