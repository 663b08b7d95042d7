-- One-time links of the staff (src/staff/link.h), kept as the SHA-256 of their token only. Person 0: nobody yet, the first
-- administrator.
CREATE TABLE staff_link (
    id BIGINT PRIMARY KEY,
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    purpose TEXT COLLATE "C" NOT NULL,
    person BIGINT NOT NULL,
    created BIGINT NOT NULL,
    ends BIGINT NOT NULL
);
CREATE INDEX staff_link_person ON staff_link (person, purpose);
