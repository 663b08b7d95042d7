-- Second factors of the staff (src/staff/second.h). The secret is made from the nonce and the newsroom's own key, so that
-- the database alone makes no codes. `used` is the step of the last code taken.
CREATE TABLE staff_second (
    person BIGINT PRIMARY KEY REFERENCES staff_person (id),
    nonce TEXT COLLATE "C" NOT NULL,
    used BIGINT NOT NULL,
    since BIGINT NOT NULL
);

-- Recovery codes, each good once: keyed hashes.
CREATE TABLE staff_recovery (
    person BIGINT NOT NULL REFERENCES staff_person (id),
    hash TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (person, hash)
);
