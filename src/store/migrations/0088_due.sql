-- The dashboard asks for embargoes that end (desk/due.h).
CREATE INDEX desk_story_embargo ON desk_story (embargo) WHERE embargo > 0;
