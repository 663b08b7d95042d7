-- Statements of the store's own tests; the tables are made by probe.h.

-- run insert(id bigint, number bigint?, words text, raw bytes)
INSERT INTO probe (id, number, words, raw) VALUES ($1, $2, $3, $4);

-- run insert_other(id bigint, words text)
INSERT INTO probe (id, words) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING;

-- run update_all(number bigint)
UPDATE probe SET number = $1;

-- run delete(id bigint)
DELETE FROM probe WHERE id = $1;

-- query by_id(id bigint)
SELECT number, words, raw FROM probe WHERE id = $1;

-- query count()
SELECT COUNT(*) FROM probe;

-- Parameters used twice and out of order.
-- query swapped(first text, second bigint)
SELECT $2 + 1, $1, $2 + 2, $1 FROM probe WHERE id = (SELECT MIN(id) FROM probe);

-- query truth(id bigint)
SELECT id = $1, id <> $1, NULL FROM probe WHERE id = $1;

-- query words_in_order()
SELECT words FROM probe ORDER BY words;

-- query grow(step bigint)
UPDATE probe SET number = COALESCE(number, 0) + $1 RETURNING number;

-- query engine() [sqlite]
SELECT 'it''s "sqlite" \';
-- query engine() [postgres]
SELECT 'it''s "postgres" \';

-- A statement that no engine prepares, for its error.
-- query broken()
SELECT nothing FROM nowhere;

-- run counter_add()
UPDATE probe_counter SET value = value + 1;

-- query counter_get()
SELECT value FROM probe_counter;

-- run counter_set(value bigint)
UPDATE probe_counter SET value = $1;

-- query backend() [postgres]
SELECT pg_backend_pid();
-- query backend() [sqlite]
SELECT 0;

-- query kill(backend bigint) [postgres]
SELECT pg_terminate_backend(CAST($1 AS INT));
-- query kill(backend bigint) [sqlite]
SELECT $1;
