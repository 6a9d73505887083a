-- A deed may refer to one item of a pledge, and through it to the organisation's item that it serves (R-046, R-139).

CREATE TABLE pledge_item (
    tenant_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    version int NOT NULL,
    item_id uuid NOT NULL,
    position int NOT NULL,
    content text NOT NULL,
    linked_item_id uuid,
    PRIMARY KEY (tenant_id, pledge_id, version, item_id)
);
CREATE INDEX pledge_item_id ON pledge_item (tenant_id, item_id);
COMMENT ON TABLE pledge_item IS 'The items of published pledges in every version that was heard: a deed cites the words that it chose, also after they were revised or dropped. Those of the newest version are current.';
COMMENT ON COLUMN pledge_item.linked_item_id IS 'the organisation''s item that it serves, or empty';

ALTER TABLE pledge ADD COLUMN organization_id uuid;
COMMENT ON COLUMN pledge.organization_id IS 'where it was made; empty for what was heard before items were told';

ALTER TABLE deed ADD COLUMN pledge_item_id uuid;
ALTER TABLE deed ADD COLUMN pledge_version int;
COMMENT ON COLUMN deed.pledge_item_id IS 'the item of the pledge to which it refers, or empty for all of it';
COMMENT ON COLUMN deed.pledge_version IS 'the version of the pledge in whose words the item was chosen';
