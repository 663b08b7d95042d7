-- Links with which somebody outside reads a story that is not out (src/staff/reading.h), kept as the SHA-256 of their token
-- only. `ended`: when it was ended before its time, 0 for not; `opened`: how often, `last`: when last, 0 for never.
CREATE TABLE staff_reading (
    id BIGINT PRIMARY KEY,
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    story BIGINT NOT NULL,
    person BIGINT NOT NULL REFERENCES staff_person (id),
    name TEXT NOT NULL,
    created BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    opened BIGINT NOT NULL,
    last BIGINT NOT NULL
);
CREATE INDEX staff_reading_story ON staff_reading (story, id DESC);
CREATE INDEX staff_reading_person ON staff_reading (person) WHERE ended = 0;
