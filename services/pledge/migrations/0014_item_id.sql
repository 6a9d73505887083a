-- A matter is found by its id alone when another is tied to it.

CREATE INDEX pledge_item_id ON pledge_item (tenant_id, item_id);
