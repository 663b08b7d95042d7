-- The first path of stories that moved: feeds name a story by it.
CREATE TABLE desk_first_path (
    story BIGINT PRIMARY KEY,
    path TEXT COLLATE "C" NOT NULL
);

-- Related stories (paper/related.h), and the desk's queue of stories whose words are to be read.

CREATE TABLE desk_words (
    story BIGINT PRIMARY KEY,
    published BIGINT NOT NULL,
    changes BIGINT NOT NULL
);
CREATE INDEX desk_words_order ON desk_words (published, story);

-- Term statistics of a language. States: 0 counting, 1 building, 2 in force, 3 to be deleted.
CREATE TABLE paper_index (
    id BIGINT PRIMARY KEY,
    language TEXT COLLATE "C" NOT NULL,
    state BIGINT NOT NULL,
    stories BIGINT NOT NULL,
    words BIGINT NOT NULL,
    after_published BIGINT NOT NULL,
    after_story BIGINT NOT NULL
);

-- In how many stories a term stands; once is not written down.
CREATE TABLE paper_term (
    idx BIGINT NOT NULL,
    term BIGINT NOT NULL,
    stories BIGINT NOT NULL,
    PRIMARY KEY (idx, term)
) WITHOUT ROWID; -- sqlite only
); -- postgres only

-- A story's heaviest terms, and the same the other way round in parts of at most 128 stories.
CREATE TABLE paper_vector (
    idx BIGINT NOT NULL,
    story BIGINT NOT NULL,
    published BIGINT NOT NULL,
    terms BYTEA NOT NULL,
    PRIMARY KEY (idx, story)
);
CREATE TABLE paper_posting (
    idx BIGINT NOT NULL,
    term BIGINT NOT NULL,
    part BIGINT NOT NULL,
    stories BYTEA NOT NULL,
    PRIMARY KEY (idx, term, part)
);

-- back(S): the best older stories.
CREATE TABLE paper_back (
    idx BIGINT NOT NULL,
    story BIGINT NOT NULL,
    story_published BIGINT NOT NULL,
    other BIGINT NOT NULL,
    other_published BIGINT NOT NULL,
    score BIGINT NOT NULL,
    PRIMARY KEY (idx, story, other)
) WITHOUT ROWID; -- sqlite only
); -- postgres only
CREATE INDEX paper_back_other ON paper_back (idx, other, score DESC, story_published DESC, story DESC);

-- Who reads words at present.
CREATE TABLE paper_lease (
    id BIGINT PRIMARY KEY,
    holder BIGINT NOT NULL,
    until BIGINT NOT NULL
);
