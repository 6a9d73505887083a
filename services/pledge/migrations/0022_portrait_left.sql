-- The portrait of somebody who left is printed no more and is erased after a month; who comes back meanwhile keeps it.

ALTER TABLE portrait ADD COLUMN left_on date;
COMMENT ON COLUMN portrait.left_on IS 'Since when its owner is known to have left the university; the portrait is erased 30 days later.';
COMMENT ON TABLE portrait IS 'A small JPEG made anew from what the person uploaded (R-070); printed on the 岗位牌, shown to nobody else, removed at will, printed no more once its owner has left, and erased 30 days later.';
