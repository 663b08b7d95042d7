-- query sequence_next(name text)
INSERT INTO store_sequence (name, next) VALUES ($1, 2)
ON CONFLICT (name) DO UPDATE SET next = store_sequence.next + 1 RETURNING next - 1;

-- Is this a database of ours at all?
-- query migration_table() [sqlite]
SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'store_migration';
-- query migration_table() [postgres]
SELECT COUNT(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('store_migration');

-- query migration_numbers()
SELECT number FROM store_migration ORDER BY number;

-- run migration_done(number bigint, name text, applied bigint)
INSERT INTO store_migration (number, name, applied) VALUES ($1, $2, $3);
