-- Tokens of the API (src/staff/api_token.h), kept as the SHA-256 of their text only. `scopes`: names, parted by commas;
-- `used`: the day (UTC, its first microsecond) of the last use, 0 for never.
CREATE TABLE staff_token (
    id BIGINT PRIMARY KEY,
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    person BIGINT NOT NULL REFERENCES staff_person (id),
    name TEXT NOT NULL,
    scopes TEXT COLLATE "C" NOT NULL,
    created BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    used BIGINT NOT NULL
);
CREATE INDEX staff_token_person ON staff_token (person, id);
