-- State (search_tables.h)

-- query state_read(language text)
SELECT archive, archive_files, month, month_files, day, pending, first_archive, first_month, first_day, next, stories, words,
    rules, folding, stems
FROM paper_search WHERE language = $1;

-- run state_put(language text, archive bigint, archive_files bigint, month bigint, month_files bigint, day bigint, pending bigint, first_archive bigint, first_month bigint, first_day bigint, next bigint, stories bigint, words bigint, rules bytes, folding bigint, stems bigint)
INSERT INTO paper_search (language, archive, archive_files, month, month_files, day, pending, first_archive, first_month,
    first_day, next, stories, words, rules, folding, stems)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (language) DO UPDATE SET archive = $2, archive_files = $3, month = $4, month_files = $5, day = $6, pending = $7,
    first_archive = $8, first_month = $9, first_day = $10, next = $11, stories = $12, words = $13, rules = $14, folding = $15,
    stems = $16;

-- Documents

-- run doc_put(language text, doc bigint, story bigint, words bigint, card bytes, terms bytes)
INSERT INTO paper_search_doc (language, doc, story, dead, words, card, terms) VALUES ($1, $2, $3, 0, $4, $5, $6);

-- query docs_of_story(story bigint)
SELECT language, doc, words FROM paper_search_doc WHERE story = $1 AND dead = 0 ORDER BY language, doc;

-- run doc_kill(language text, doc bigint)
UPDATE paper_search_doc SET dead = 1 WHERE language = $1 AND doc = $2;

-- query docs_after(language text, doc bigint, most bigint)
SELECT doc, dead, card, terms FROM paper_search_doc WHERE language = $1 AND doc >= $2 ORDER BY doc LIMIT $3;

-- query docs_dead(language text, doc bigint)
SELECT d.doc FROM paper_search_doc d WHERE d.dead = 1 AND d.language = $1 AND d.doc >= $2 ORDER BY d.doc;

-- query doc_story(language text, doc bigint)
SELECT story FROM paper_search_doc WHERE language = $1 AND doc = $2;

-- run docs_drop_before(language text, doc bigint, most bigint)
DELETE FROM paper_search_doc WHERE language = $1
    AND doc IN (SELECT doc FROM paper_search_doc WHERE language = $1 AND doc < $2 ORDER BY doc LIMIT $3);

-- run docs_drop_from(language text, doc bigint, most bigint)
DELETE FROM paper_search_doc WHERE language = $1
    AND doc IN (SELECT doc FROM paper_search_doc WHERE language = $1 AND doc >= $2 ORDER BY doc LIMIT $3);

-- Files

-- query file_read(language text, name text)
SELECT bytes FROM paper_search_file WHERE language = $1 AND name = $2;

-- run file_put(language text, name text, bytes bytes)
INSERT INTO paper_search_file (language, name, bytes) VALUES ($1, $2, $3)
ON CONFLICT (language, name) DO UPDATE SET bytes = $3 WHERE paper_search_file.bytes <> $3;

-- run file_delete(language text, name text)
DELETE FROM paper_search_file WHERE language = $1 AND name = $2;

-- query file_names(language text, after text, most bigint)
SELECT name FROM paper_search_file WHERE language = $1 AND name > $2 ORDER BY name LIMIT $3;

-- Who indexes

-- query lease()
SELECT holder, until FROM paper_search_lease WHERE id = 1;

-- run lease_put(holder bigint, until bigint)
INSERT INTO paper_search_lease (id, holder, until) VALUES (1, $1, $2)
ON CONFLICT (id) DO UPDATE SET holder = $1, until = $2;
