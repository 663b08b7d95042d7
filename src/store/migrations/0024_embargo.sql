-- No reader sees the story before this moment (desk/story_embargo.h); 0: none.
ALTER TABLE desk_story ADD COLUMN embargo BIGINT NOT NULL DEFAULT 0;
