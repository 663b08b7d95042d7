-- Takedowns and withheld names (desk/erasure.h). kind: takedown, withhold. Steps: 0 stories are still to be gone through,
-- 1 other departments are to forget, 2 editions and database files are to be cleaned, 3 done.
CREATE TABLE desk_erasure (
    id BIGINT PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    story BIGINT NOT NULL, -- of a takedown, or 0
    instead TEXT NOT NULL, -- of a withheld name
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    step BIGINT NOT NULL,
    reached BIGINT NOT NULL, -- the last story that was gone through
    asked BIGINT NOT NULL,
    finished BIGINT NOT NULL
);
CREATE INDEX desk_erasure_open ON desk_erasure (id) WHERE step < 3;

-- What is looked for, while an erasure is open: paths, names, files below media/.
CREATE TABLE desk_erasure_word (
    erasure BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (erasure, kind, word)
);

-- The lines of GONE/2026-11 (edition/gone.h); month YYYYMM, UTC.
CREATE TABLE desk_gone (
    month BIGINT NOT NULL,
    line TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (month, line)
);
