-- Confirmed deeds that refer to pledges (R-139), as evaluation tells them: never their words.

CREATE TABLE deed (
    tenant_id uuid NOT NULL,
    deed_id uuid NOT NULL,
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    period text NOT NULL,
    pledge_id uuid NOT NULL,
    item_id uuid,
    PRIMARY KEY (tenant_id, deed_id)
);
CREATE INDEX deed_pledge ON deed (tenant_id, pledge_id);
CREATE INDEX deed_item ON deed (tenant_id, item_id) WHERE item_id IS NOT NULL;
COMMENT ON TABLE deed IS 'That a confirmed deed came of a pledge, or of one item of it. It may be heard before the pledge is: both are joined when they are read.';

ALTER TABLE star ADD COLUMN item_id uuid;
COMMENT ON COLUMN star.item_id IS 'the item of the pledge to which the winning deed refers, or empty';
