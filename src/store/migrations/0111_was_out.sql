-- Was a story ever out, or about to be: the only draft that is thrown away (desk/discard.h) was not. Of the drafts that there are
-- it is known where they have no address, or no date.
ALTER TABLE desk_story ADD COLUMN was_out BIGINT NOT NULL DEFAULT 0;
UPDATE desk_story SET was_out = 1 WHERE state NOT IN ('draft', 'in edit', 'ready')
    OR (path IS NOT NULL AND published IS NOT NULL)
    OR EXISTS (SELECT 1 FROM desk_first_path WHERE desk_first_path.story = desk_story.id)
    OR EXISTS (SELECT 1 FROM desk_path WHERE desk_path.story = desk_story.id AND desk_path.status = 410);
