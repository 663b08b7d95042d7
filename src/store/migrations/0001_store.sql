-- The store's own: what has been migrated (migrate.c), and named sequences (store_next_id).

CREATE TABLE IF NOT EXISTS store_migration (
    number BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    applied BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS store_sequence (
    name TEXT COLLATE "C" PRIMARY KEY,
    next BIGINT NOT NULL
);
