-- The staff (src/staff). Moments are microseconds UTC. Passwords are argon2id texts; tokens of sessions and links are
-- kept as their SHA-256 only.

-- States: invited, active, disabled. `demo`: made by `init --demo`, may sign in by a printed link.
CREATE TABLE staff_person (
    id BIGINT PRIMARY KEY,
    email TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    password TEXT NOT NULL,
    demo BIGINT NOT NULL,
    created BIGINT NOT NULL
);

-- Levels: 1 the second factor is still to come, 2 whole. `ends` is the absolute limit, `seen` the idle one's begin.
CREATE TABLE staff_session (
    id BIGINT PRIMARY KEY,
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    person BIGINT NOT NULL REFERENCES staff_person (id),
    level BIGINT NOT NULL,
    agent TEXT NOT NULL,
    created BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    ends BIGINT NOT NULL
);
CREATE INDEX staff_session_person ON staff_session (person, id);

-- What the staff did, append-only; each row's hash covers the row and the hash before it (staff/audit.h).
CREATE TABLE staff_audit (
    number BIGINT PRIMARY KEY,
    moment BIGINT NOT NULL,
    person BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);
