-- Every matter that is public has a day: the one that is written, or the last of the pledge's year (R-041).

CREATE VIEW pledge_matter AS
SELECT p.tenant_id, p.id AS pledge_id, i.item_id, i.position, i.content,
       coalesce(i.due_on, make_date(p.year, 12, 31)) AS due_on
FROM pledge p
JOIN pledge_item i ON i.tenant_id = p.tenant_id AND i.pledge_id = p.id AND i.version = p.published_version
UNION ALL
SELECT p.tenant_id, p.id, p.id, 1, v.headline, make_date(p.year, 12, 31)
FROM pledge p
JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.number = p.published_version
WHERE NOT EXISTS (
    SELECT FROM pledge_item i
    WHERE i.tenant_id = p.tenant_id AND i.pledge_id = p.id AND i.version = p.published_version);
COMMENT ON VIEW pledge_matter IS 'What was publicly promised, matter by matter, a pledge of one sentence as a matter under its own id; `due_day` of pledge/domain.py gives the same day.';
