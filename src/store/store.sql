-- query sequence_next(name text)
INSERT INTO store_sequence (name, next) VALUES ($1, 2)
ON CONFLICT (name) DO UPDATE SET next = store_sequence.next + 1 RETURNING next - 1;

-- query migration_last()
SELECT COALESCE(MAX(number), 0) FROM store_migration;

-- run migration_done(number bigint, name text, applied bigint)
INSERT INTO store_migration (number, name, applied) VALUES ($1, $2, $3);
