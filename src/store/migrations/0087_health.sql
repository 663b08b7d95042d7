-- How the newsroom's machine is (src/health/). Pages that readers were given, as totals: by the hour's beginning, who counted
-- (a random name of the counter), language ("-": the one without a directory) and kind of page.
CREATE TABLE health_pages (
    hour BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    pages BIGINT NOT NULL,
    PRIMARY KEY (hour, source, language, kind)
);

-- Numbers that a worker takes now and then: sizes, what was set aside. The last one only.
CREATE TABLE health_figure (
    name TEXT COLLATE "C" PRIMARY KEY,
    number BIGINT NOT NULL,
    taken BIGINT NOT NULL
);
