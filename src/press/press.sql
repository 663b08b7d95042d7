-- Changes

-- run change_insert(input text, published bigint, story bigint)
INSERT INTO press_change (input, published, story) VALUES ($1, $2, $3);

-- query change_take(most bigint)
DELETE FROM press_change WHERE seq IN (SELECT seq FROM press_change ORDER BY seq LIMIT $1)
RETURNING input, published, story;

-- query change_any()
SELECT 1 FROM press_change LIMIT 1;

-- query change_of(input text)
SELECT 1 FROM press_change WHERE input = $1 LIMIT 1;

-- run change_forget()
DELETE FROM press_change;

-- run due_insert(due bigint, input text, published bigint, story bigint)
INSERT INTO press_due (due, input, published, story) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;

-- Rows stay after their moment, so that a press as of an earlier time can be followed by one as of now.
-- query due_between(after bigint, until bigint)
SELECT input, published, story FROM press_due WHERE due > $1 AND due <= $2;

-- run due_forget_input(input text)
DELETE FROM press_due WHERE input = $1;

-- run due_forget(before bigint)
DELETE FROM press_due WHERE due < $1;

-- query due_next(after bigint)
SELECT due FROM press_due WHERE due > $1 ORDER BY due LIMIT 1;

-- Stale pages

-- run dirty_insert(name text, wave bigint, newness bigint)
INSERT INTO press_dirty (name, wave, newness) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING;

-- run dirty_delete(name text)
DELETE FROM press_dirty WHERE name = $1;

-- query dirty_of(name text)
SELECT 1 FROM press_dirty WHERE name = $1;

-- query dirty_wave()
SELECT wave FROM press_dirty ORDER BY wave LIMIT 1;

-- query dirty_count(wave bigint)
SELECT count(*) FROM press_dirty WHERE wave <= $1;

-- query dirty_batch(wave bigint, most bigint)
SELECT name FROM press_dirty WHERE wave = $1 ORDER BY newness DESC, name LIMIT $2;

-- query readers(input bigint, published bigint, story bigint)
SELECT p.name, p.newness FROM press_reader r JOIN press_page p ON p.id = r.page
WHERE r.input = $1 AND (r.floor_published < $2 OR (r.floor_published = $2 AND r.floor_story <= $3));

-- query reader_hashes(input bigint, most bigint)
SELECT DISTINCT p.hash FROM press_reader r JOIN press_page p ON p.id = r.page WHERE r.input = $1 ORDER BY p.hash LIMIT $2;

-- query boundary_passed(now bigint)
SELECT name, newness FROM press_page WHERE boundary IS NOT NULL AND boundary <= $1;

-- query boundary_next()
SELECT boundary FROM press_page WHERE boundary IS NOT NULL ORDER BY boundary LIMIT 1;

-- query globals_pages(globals bigint, most bigint)
SELECT name, newness FROM press_page WHERE globals = $1 ORDER BY newness DESC LIMIT $2;

-- All pages as they are, for tests that compare two presses.
-- query page_hashes()
SELECT name, path, hash FROM press_page ORDER BY name;

-- query page_names()
SELECT name, newness FROM press_page;

-- Pages

-- query page_any()
SELECT 1 FROM press_page LIMIT 1;

-- query page_by_name(name text)
SELECT id, path, hash, globals, inputs, boundary, size, newness FROM press_page WHERE name = $1;

-- run page_insert(id bigint, name text, path text, dir text, shard bigint, hash bytes, size bigint, newness bigint, globals bigint, inputs bytes, boundary bigint?, coded bigint)
INSERT INTO press_page (id, name, path, dir, shard, hash, size, newness, globals, inputs, boundary, coded)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- run page_update(id bigint, path text, dir text, shard bigint, hash bytes, size bigint, newness bigint, globals bigint, inputs bytes, boundary bigint?, coded bigint)
UPDATE press_page SET path = $2, dir = $3, shard = $4, hash = $5, size = $6, newness = $7, globals = $8,
    inputs = $9, boundary = $10, coded = $11, brotli = 0, gzip = 0, heavy = 0
WHERE id = $1;

-- The page again, with the same bytes.
-- run page_renew(id bigint, path text, dir text, shard bigint, newness bigint, globals bigint, inputs bytes, boundary bigint?)
UPDATE press_page SET path = $2, dir = $3, shard = $4, newness = $5, globals = $6, inputs = $7, boundary = $8
WHERE id = $1;

-- A page that could not be rendered: neither the clock nor a global input makes it stale.
-- run page_hold(id bigint)
UPDATE press_page SET globals = 0, boundary = NULL WHERE id = $1;

-- run page_delete(id bigint)
DELETE FROM press_page WHERE id = $1;

-- query page_coded(coded bigint, most bigint)
SELECT id, hash, name FROM press_page WHERE coded <= $1 AND coded < 2 ORDER BY coded, newness DESC LIMIT $2;

-- run page_set_coded(id bigint, hash bytes, coded bigint)
UPDATE press_page SET coded = $3 WHERE id = $1 AND hash = $2;

-- run page_set_weight(id bigint, hash bytes, coded bigint, brotli bigint, gzip bigint, heavy bigint)
UPDATE press_page SET coded = $3, brotli = $4, gzip = $5, heavy = $6 WHERE id = $1 AND hash = $2;

-- query page_weight(name text)
SELECT brotli, gzip, heavy FROM press_page WHERE name = $1;

-- query page_heavy(most bigint)
SELECT path, brotli, gzip FROM press_page WHERE heavy = 1 ORDER BY brotli DESC, name LIMIT $1;

-- query page_heavy_count()
SELECT COUNT(*) FROM press_page WHERE heavy = 1;

-- query page_count()
SELECT COUNT(*) FROM press_page;

-- run reader_insert(input bigint, page bigint, floor_published bigint, floor_story bigint)
INSERT INTO press_reader (input, page, floor_published, floor_story) VALUES ($1, $2, $3, $4)
ON CONFLICT (input, page) DO UPDATE SET floor_published = $3, floor_story = $4;

-- run reader_delete(input bigint, page bigint)
DELETE FROM press_reader WHERE input = $1 AND page = $2;

-- query globals_by_versions(versions text)
SELECT id FROM press_globals WHERE versions = $1;

-- run globals_insert(id bigint, versions text)
INSERT INTO press_globals (id, versions) VALUES ($1, $2);

-- query globals_all()
SELECT id, versions FROM press_globals ORDER BY id;

-- How many pages, of how many bytes, were rendered with each combination.
-- query globals_reach()
SELECT g.versions, COUNT(*), CAST(SUM(p.size) AS BIGINT)
FROM press_globals g JOIN press_page p ON p.globals = g.id GROUP BY g.id, g.versions;

-- run globals_delete_unused(id bigint)
DELETE FROM press_globals WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM press_page WHERE globals = $1);

-- query objects_of_page(page bigint)
SELECT name, size FROM press_object WHERE page = $1 ORDER BY name;

-- run object_insert(page bigint, name text, size bigint)
INSERT INTO press_object (page, name, size) VALUES ($1, $2, $3) ON CONFLICT (page, name) DO NOTHING;

-- run object_delete(page bigint, name text)
DELETE FROM press_object WHERE page = $1 AND name = $2;

-- Nodes

-- run stale_node_insert(dir text, shard bigint)
INSERT INTO press_stale_node (dir, shard) VALUES ($1, $2) ON CONFLICT (dir, shard) DO NOTHING;

-- run stale_node_delete(dir text)
DELETE FROM press_stale_node WHERE dir = $1;

-- query stale_nodes()
SELECT dir, shard FROM press_stale_node ORDER BY dir, shard;

-- query dir_by_name(dir text)
SELECT shard, entries, split, hash FROM press_dir WHERE dir = $1;

-- run dir_insert(dir text, parent text, shard bigint)
INSERT INTO press_dir (dir, parent, shard, entries, split, hash) VALUES ($1, $2, $3, 0, 0, NULL)
ON CONFLICT (dir) DO NOTHING;

-- run dir_count(dir text, delta bigint)
UPDATE press_dir SET entries = entries + $2 WHERE dir = $1;

-- run dir_update(dir text, split bigint, hash bytes)
UPDATE press_dir SET split = $2, hash = $3 WHERE dir = $1;

-- run dir_delete(dir text)
DELETE FROM press_dir WHERE dir = $1;

-- query dirs_all()
SELECT dir FROM press_dir;

-- query entries_of_dir(dir text)
SELECT path, hash FROM press_page WHERE dir = $1 ORDER BY path, name;

-- query entries_of_shard(dir text, shard bigint)
SELECT path, hash FROM press_page WHERE dir = $1 AND shard = $2 ORDER BY path, name;

-- query pages_at(dir text, shard bigint, path text)
SELECT 1 FROM press_page WHERE dir = $1 AND shard = $2 AND path = $3 LIMIT 2;

-- query subdirs_of_dir(dir text)
SELECT dir, hash FROM press_dir WHERE parent = $1 AND hash IS NOT NULL;

-- query subdirs_of_shard(dir text, shard bigint)
SELECT dir, hash FROM press_dir WHERE parent = $1 AND shard = $2 AND hash IS NOT NULL;

-- query objects_of_dir(dir text)
SELECT DISTINCT o.name, o.size FROM press_page p JOIN press_object o ON o.page = p.id
WHERE p.dir = $1 ORDER BY o.name;

-- query objects_of_shard(dir text, shard bigint)
SELECT DISTINCT o.name, o.size FROM press_page p JOIN press_object o ON o.page = p.id
WHERE p.dir = $1 AND p.shard = $2 ORDER BY o.name;

-- query dir_has_objects(dir text)
SELECT 1 FROM press_page p JOIN press_object o ON o.page = p.id WHERE p.dir = $1 LIMIT 1;

-- query dir_has_subdirs(dir text)
SELECT 1 FROM press_dir WHERE parent = $1 AND hash IS NOT NULL LIMIT 1;

-- query nodes_of_dir(dir text)
SELECT shard, manifest, objects FROM press_node WHERE dir = $1 ORDER BY shard;

-- run node_put(dir text, shard bigint, manifest bytes, objects bytes)
INSERT INTO press_node (dir, shard, manifest, objects) VALUES ($1, $2, $3, $4)
ON CONFLICT (dir, shard) DO UPDATE SET manifest = $3, objects = $4;

-- run node_delete(dir text, shard bigint)
DELETE FROM press_node WHERE dir = $1 AND shard = $2;

-- Objects dropped

-- run dropped_insert(hash bytes)
INSERT INTO press_dropped (hash) VALUES ($1) ON CONFLICT (hash) DO NOTHING;

-- query dropped_all()
SELECT hash FROM press_dropped;

-- run dropped_delete(hash bytes)
DELETE FROM press_dropped WHERE hash = $1;

-- Is the object with this hash (and this edition name, for hash-named files) part of the edition?
-- query hash_used(hash bytes, name text)
SELECT 1 WHERE EXISTS (SELECT 1 FROM press_page WHERE hash = $1)
    OR EXISTS (SELECT 1 FROM press_node WHERE manifest = $1)
    OR EXISTS (SELECT 1 FROM press_node WHERE objects = $1)
    OR EXISTS (SELECT 1 FROM press_dir WHERE dir = '' AND hash = $1)
    OR EXISTS (SELECT 1 FROM press_object WHERE name >= $2 AND name < $2 || '~');

-- Failures

-- run failure_put(name text, reason text, since bigint)
INSERT INTO press_failure (name, reason, since) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET reason = $2;

-- run failure_delete(name text)
DELETE FROM press_failure WHERE name = $1;

-- query failure_of(name text)
SELECT reason FROM press_failure WHERE name = $1;

-- query failure_any()
SELECT 1 FROM press_failure LIMIT 1;

-- query failures()
SELECT name, reason, since FROM press_failure ORDER BY since, name;

-- Lease

-- query lease_read()
SELECT holder, fence, until FROM press_lease WHERE id = 1;

-- run lease_put(holder text, fence bigint, until bigint)
INSERT INTO press_lease (id, holder, fence, until) VALUES (1, $1, $2, $3)
ON CONFLICT (id) DO UPDATE SET holder = $1, fence = $2, until = $3;

-- run lease_extend(fence bigint, until bigint)
UPDATE press_lease SET until = $2 WHERE id = 1 AND fence = $1;

-- Settings

-- query setting_read(name text)
SELECT value FROM press_setting WHERE name = $1;

-- run setting_put(name text, value text)
INSERT INTO press_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2;

-- run setting_delete(name text)
DELETE FROM press_setting WHERE name = $1;

-- State

-- query state_read(name text)
SELECT value FROM press_state WHERE name = $1;

-- run state_put(name text, value bigint)
INSERT INTO press_state (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2;
