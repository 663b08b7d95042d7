-- Where a page (about, privacy …) stands in the paper's foot, and whether it does (desk/page_list.h).
CREATE TABLE desk_page_place (
    language TEXT COLLATE "C" NOT NULL,
    story BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hidden BIGINT NOT NULL,
    PRIMARY KEY (language, story)
);
CREATE INDEX desk_story_page ON desk_story (language, id) WHERE kind = 'page';
