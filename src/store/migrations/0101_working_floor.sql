-- Which withholding a working copy was made after (desk/floor.h). All that are kept now have been cleaned: older texts are
-- refused since 0100.
ALTER TABLE desk_working ADD COLUMN floor BIGINT NOT NULL DEFAULT 0;
UPDATE desk_working SET floor = COALESCE((SELECT revision FROM desk_floor WHERE desk_floor.story = desk_working.story), 0);
