-- What the press remembers: changes to come, pages as they are, and the inputs that each page read.

CREATE TABLE press_change (
    seq BIGINT PRIMARY KEY, -- sqlite only
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- postgres only
    input TEXT COLLATE "C" NOT NULL,
    published BIGINT NOT NULL,
    story BIGINT NOT NULL
);

CREATE TABLE press_due (
    due BIGINT NOT NULL,
    input TEXT COLLATE "C" NOT NULL,
    published BIGINT NOT NULL,
    story BIGINT NOT NULL,
    PRIMARY KEY (due, input, published, story)
);

CREATE TABLE press_dirty (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    wave BIGINT NOT NULL,
    newness BIGINT NOT NULL
);
CREATE INDEX press_dirty_order ON press_dirty (wave, newness DESC, name);

CREATE TABLE press_page (
    id BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL UNIQUE,
    path TEXT COLLATE "C" NOT NULL,
    dir TEXT COLLATE "C" NOT NULL,
    shard BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    size BIGINT NOT NULL,
    newness BIGINT NOT NULL,
    globals BIGINT NOT NULL,
    inputs BYTEA NOT NULL,
    boundary BIGINT,
    coded BIGINT NOT NULL,
    brotli BIGINT NOT NULL DEFAULT 0, -- bytes of the coded forms, 0: not measured
    gzip BIGINT NOT NULL DEFAULT 0,
    heavy BIGINT NOT NULL DEFAULT 0 -- over the budget (press/weight.h)
);
CREATE INDEX press_page_heavy ON press_page (brotli DESC, name) WHERE heavy = 1;
CREATE INDEX press_page_dir ON press_page (dir, shard, path);
CREATE INDEX press_page_hash ON press_page (hash);
CREATE INDEX press_page_globals ON press_page (globals, newness DESC);
CREATE INDEX press_page_boundary ON press_page (boundary) WHERE boundary IS NOT NULL;
CREATE INDEX press_page_coded ON press_page (coded, newness DESC) WHERE coded < 2;

-- The inputs of press_page.inputs the other way round: who read this?
CREATE TABLE press_reader (
    input BIGINT NOT NULL,
    page BIGINT NOT NULL,
    floor_published BIGINT NOT NULL,
    floor_story BIGINT NOT NULL,
    PRIMARY KEY (input, page)
) WITHOUT ROWID; -- sqlite only
); -- postgres only

-- Inputs that very many pages read, once per combination (press/page.h, "global").
CREATE TABLE press_globals (
    id BIGINT PRIMARY KEY,
    versions TEXT COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE press_object (
    page BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (page, name)
) WITHOUT ROWID; -- sqlite only
); -- postgres only
CREATE INDEX press_object_name ON press_object (name);

CREATE TABLE press_dir (
    dir TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    parent TEXT COLLATE "C",
    shard BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    split BIGINT NOT NULL,
    hash BYTEA
);
CREATE INDEX press_dir_parent ON press_dir (parent, shard, dir);

CREATE TABLE press_node (
    dir TEXT COLLATE "C" NOT NULL,
    shard BIGINT NOT NULL,
    manifest BYTEA,
    objects BYTEA,
    PRIMARY KEY (dir, shard)
);
CREATE INDEX press_node_manifest ON press_node (manifest);
CREATE INDEX press_node_objects ON press_node (objects);

CREATE TABLE press_stale_node (
    dir TEXT COLLATE "C" NOT NULL,
    shard BIGINT NOT NULL,
    PRIMARY KEY (dir, shard)
);

CREATE TABLE press_failure (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL,
    since BIGINT NOT NULL
);

-- Objects that no page needs any more, until the next edition tells the sweep (edition/retain.h).
CREATE TABLE press_dropped (
    hash BYTEA NOT NULL PRIMARY KEY
);

CREATE TABLE press_lease (
    id BIGINT PRIMARY KEY,
    holder TEXT NOT NULL,
    fence BIGINT NOT NULL,
    until BIGINT NOT NULL
);

CREATE TABLE press_setting (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Numbers the press keeps between runs: "as-of" of the last one.
CREATE TABLE press_state (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
