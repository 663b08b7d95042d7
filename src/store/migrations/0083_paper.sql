-- What stands under a section's name, and whether the menu leaves it out (desk/section.h).
ALTER TABLE desk_section ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_section ADD COLUMN hidden BIGINT NOT NULL DEFAULT 0;

-- Topics that became one with another (desk/topic_merge.h): who names them means that one. `reached` is the last story
-- looked at while stories are still to be changed, and -1 once they are.
CREATE TABLE desk_topic_merge (
    language TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    reached BIGINT NOT NULL,
    PRIMARY KEY (language, slug)
);
CREATE INDEX desk_topic_merge_name ON desk_topic_merge (language, name);
