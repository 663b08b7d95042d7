-- The desk: stories and everything editorial. Moments are microseconds UTC, days YYYYMMDD of the site's calendar.

CREATE TABLE desk_story (
    id BIGINT PRIMARY KEY,
    group_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C",
    slug TEXT COLLATE "C",
    path TEXT COLLATE "C",
    external TEXT COLLATE "C" UNIQUE,
    given BYTEA, -- digest of what the importer gave
    published BIGINT,
    visible_from BIGINT, -- published if the state is scheduled or published, else NULL
    day BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    headline TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    topics TEXT NOT NULL, -- slugs, parted by spaces
    byline TEXT NOT NULL, -- slugs, parted by spaces; +slug reporting, - a withheld name
    agency TEXT NOT NULL,
    photo BIGINT,
    caption TEXT NOT NULL,
    credit TEXT NOT NULL,
    alt TEXT NOT NULL,
    revision BIGINT NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    reason TEXT NOT NULL
);
CREATE UNIQUE INDEX desk_story_group ON desk_story (group_id, language);
CREATE INDEX desk_story_changed ON desk_story (changed DESC, id DESC);
CREATE INDEX desk_story_state ON desk_story (state, changed DESC, id DESC);
CREATE INDEX desk_story_photo ON desk_story (photo) WHERE photo IS NOT NULL;

CREATE TABLE desk_revision (
    story BIGINT NOT NULL,
    number BIGINT NOT NULL,
    created BIGINT NOT NULL,
    editor TEXT NOT NULL,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (story, number)
);

-- Which stories are in which list, of those that are or will be visible: "all/en", "section/en/politics". One range
-- of the primary key is a list in its order.
CREATE TABLE desk_listed (
    list TEXT COLLATE "C" NOT NULL,
    visible_from BIGINT NOT NULL,
    story BIGINT NOT NULL,
    day BIGINT NOT NULL,
    PRIMARY KEY (list, visible_from, story)
) WITHOUT ROWID; -- sqlite only
); -- postgres only

-- How many rows of desk_listed a list has in a month (YYYYMM), visible yet or not.
CREATE TABLE desk_count (
    list TEXT COLLATE "C" NOT NULL,
    month BIGINT NOT NULL,
    stories BIGINT NOT NULL,
    PRIMARY KEY (list, month)
) WITHOUT ROWID; -- sqlite only
); -- postgres only

CREATE TABLE desk_section (
    language TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (language, slug)
);
CREATE INDEX desk_section_name ON desk_section (language, name, slug);

CREATE TABLE desk_topic (
    language TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (language, slug)
);
CREATE INDEX desk_topic_name ON desk_topic (language, name, slug);

CREATE TABLE desk_author (
    language TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (language, slug)
);
CREATE INDEX desk_author_name ON desk_author (language, name, slug);

CREATE TABLE desk_media (
    id BIGINT PRIMARY KEY,
    sha256 TEXT COLLATE "C" NOT NULL UNIQUE,
    extension TEXT COLLATE "C" NOT NULL,
    mime TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    size BIGINT NOT NULL,
    caption TEXT NOT NULL,
    photographer TEXT NOT NULL,
    agency TEXT NOT NULL,
    licence TEXT NOT NULL,
    licence_until BIGINT NOT NULL,
    alt TEXT NOT NULL,
    focal_x BIGINT NOT NULL, -- per mille from the left and from the top; -1: not said
    focal_y BIGINT NOT NULL,
    created BIGINT NOT NULL
);

-- Pictures in the bodies of current revisions ("media:7"); photos are a column of the story.
CREATE TABLE desk_media_use (
    media BIGINT NOT NULL,
    story BIGINT NOT NULL,
    PRIMARY KEY (media, story)
);
CREATE INDEX desk_media_use_story ON desk_media_use (story);

-- Each path of the edition that a story, a redirect or a tombstone holds.
CREATE TABLE desk_path (
    path TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    status BIGINT NOT NULL, -- 200 the story's own, 301 a redirect, 410 a tombstone
    story BIGINT, -- NULL for a redirect to a target
    target TEXT,
    since BIGINT NOT NULL,
    month BIGINT NOT NULL -- YYYYMM of since, UTC
);
CREATE INDEX desk_path_story ON desk_path (story);
CREATE INDEX desk_path_gone ON desk_path (path) WHERE status <> 200;
CREATE INDEX desk_path_month ON desk_path (month, path) WHERE status <> 200;

CREATE TABLE desk_correction (
    id BIGINT PRIMARY KEY,
    story BIGINT NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    created BIGINT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX desk_correction_story ON desk_correction (story, created, id);
CREATE INDEX desk_correction_newest ON desk_correction (language, created DESC, id DESC);

CREATE TABLE desk_front (
    language TEXT COLLATE "C" NOT NULL,
    slot BIGINT NOT NULL,
    story BIGINT,
    section TEXT COLLATE "C",
    until BIGINT NOT NULL,
    PRIMARY KEY (language, slot)
);

CREATE TABLE desk_breaking (
    language TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    text TEXT NOT NULL,
    story BIGINT,
    until BIGINT NOT NULL,
    since BIGINT NOT NULL
);

CREATE TABLE desk_live (
    id BIGINT PRIMARY KEY,
    story BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    number BIGINT NOT NULL, -- within the story: its anchor
    headline TEXT NOT NULL,
    body TEXT NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    removed BIGINT NOT NULL
);
CREATE INDEX desk_live_story ON desk_live (story, moment DESC, id DESC);
