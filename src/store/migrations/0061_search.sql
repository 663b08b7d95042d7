-- Search without a server (paper/search_work.h), and the desk's queue of stories to be indexed again.

CREATE TABLE desk_search (
    story BIGINT PRIMARY KEY,
    due BIGINT NOT NULL, -- when the change is seen by readers; 0: now
    changes BIGINT NOT NULL
);
CREATE INDEX desk_search_due ON desk_search (due, story);

-- One row a language: which files are in force.
CREATE TABLE paper_search (
    language TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    archive BIGINT NOT NULL, -- number of the archive tier's files
    archive_files BIGINT NOT NULL,
    month BIGINT NOT NULL, -- the same of the month tier; 0 files: it is empty
    month_files BIGINT NOT NULL,
    day BIGINT NOT NULL, -- YYYYMMDD of the last cut-off
    pending BIGINT NOT NULL, -- 1: documents have changed and the day file has not
    first_archive BIGINT NOT NULL, -- document numbers where the tiers begin
    first_month BIGINT NOT NULL,
    first_day BIGINT NOT NULL,
    next BIGINT NOT NULL,
    stories BIGINT NOT NULL,
    words BIGINT NOT NULL,
    rules BYTEA NOT NULL,
    folding BIGINT NOT NULL -- 1: a new archive tier is being made
);

-- Documents: a story as it was indexed. Those of the archive tier have no card and no terms here.
CREATE TABLE paper_search_doc (
    language TEXT COLLATE "C" NOT NULL,
    doc BIGINT NOT NULL,
    story BIGINT NOT NULL,
    dead BIGINT NOT NULL, -- 1: changed since; masked
    words BIGINT NOT NULL,
    card BYTEA NOT NULL,
    terms BYTEA NOT NULL,
    PRIMARY KEY (language, doc)
);
CREATE INDEX paper_search_doc_story ON paper_search_doc (story, dead);
CREATE INDEX paper_search_doc_dead ON paper_search_doc (language, doc) WHERE dead = 1;

CREATE TABLE paper_search_file (
    language TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (language, name)
);

CREATE TABLE paper_search_lease (
    id BIGINT PRIMARY KEY,
    holder BIGINT NOT NULL,
    until BIGINT NOT NULL
);
