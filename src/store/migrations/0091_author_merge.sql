-- Authors that became one with another (desk/author_merge.h): who names them means that one. As desk_topic_merge.
CREATE TABLE desk_author_merge (
    language TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    reached BIGINT NOT NULL,
    PRIMARY KEY (language, slug)
);
CREATE INDEX desk_author_merge_name ON desk_author_merge (language, name);
