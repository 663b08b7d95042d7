-- Topics, and authors, that became one with another (name_merge.h). The same statements for both.

-- query topic_target(language text, slug text)
SELECT target FROM desk_topic_merge WHERE language = $1 AND slug = $2;

-- query topic_target_by_name(language text, name text)
SELECT target FROM desk_topic_merge WHERE language = $1 AND name = $2 ORDER BY slug LIMIT 1;

-- query topics_into(language text, target text, most bigint)
SELECT slug, name, reached FROM desk_topic_merge WHERE language = $1 AND target = $2 ORDER BY slug LIMIT $3;

-- run topic_put(language text, slug text, name text, target text)
INSERT INTO desk_topic_merge (language, slug, name, target, reached) VALUES ($1, $2, $3, $4, 0)
ON CONFLICT (language, slug) DO UPDATE SET name = $3, target = $4, reached = 0;

-- Those that led to it lead on, so that there are no chains.
-- run topic_lead_on(language text, slug text, target text)
UPDATE desk_topic_merge SET target = $3 WHERE language = $1 AND target = $2;

-- query topic_open(language text, slug text)
SELECT target, reached FROM desk_topic_merge WHERE language = $1 AND slug = $2 AND reached >= 0;

-- run topic_reached(language text, slug text, reached bigint)
UPDATE desk_topic_merge SET reached = $3 WHERE language = $1 AND slug = $2;

-- run topic_unmerge(language text, slug text)
DELETE FROM desk_topic_merge WHERE language = $1 AND slug = $2;

-- Of a name, or gone into a topic of that name.
-- query topics_named(name text)
SELECT m.language, m.slug FROM desk_topic_merge m
WHERE m.name = $1 OR EXISTS (SELECT 1 FROM desk_topic t WHERE t.language = m.language AND t.slug = m.target AND t.name = $1)
ORDER BY m.language, m.slug;

-- Stories that name a topic, a part of all after another. Those that are out stand in its list (story_facts_lists()), pages in
-- theirs; of the others, which are few, all are looked at: topics are slugs parted by blanks.
-- query stories_with_topic(list text, pages text, language text, pattern text, after bigint, most bigint)
SELECT u.id FROM (
    SELECT story AS id FROM desk_listed WHERE list = $1
    UNION ALL
    SELECT l.story FROM desk_listed l JOIN desk_story p ON p.id = l.story
    WHERE l.list = $2 AND ' ' || p.topics || ' ' LIKE $4 ESCAPE '!'
    UNION ALL
    SELECT id FROM desk_story WHERE state IN ('draft', 'in edit', 'ready', 'withdrawn') AND language = $3
        AND ' ' || topics || ' ' LIKE $4 ESCAPE '!'
) u WHERE u.id > $5 ORDER BY u.id LIMIT $6;

-- run topic_forget(language text, slug text)
DELETE FROM desk_topic WHERE language = $1 AND slug = $2;

-- run counts_forget(list text)
DELETE FROM desk_count WHERE list = $1;

-- query author_target(language text, slug text)
SELECT target FROM desk_author_merge WHERE language = $1 AND slug = $2;

-- query author_target_by_name(language text, name text)
SELECT target FROM desk_author_merge WHERE language = $1 AND name = $2 ORDER BY slug LIMIT 1;

-- query authors_into(language text, target text, most bigint)
SELECT slug, name, reached FROM desk_author_merge WHERE language = $1 AND target = $2 ORDER BY slug LIMIT $3;

-- run author_put(language text, slug text, name text, target text)
INSERT INTO desk_author_merge (language, slug, name, target, reached) VALUES ($1, $2, $3, $4, 0)
ON CONFLICT (language, slug) DO UPDATE SET name = $3, target = $4, reached = 0;

-- Those that led to it lead on, so that there are no chains.
-- run author_lead_on(language text, slug text, target text)
UPDATE desk_author_merge SET target = $3 WHERE language = $1 AND target = $2;

-- query author_open(language text, slug text)
SELECT target, reached FROM desk_author_merge WHERE language = $1 AND slug = $2 AND reached >= 0;

-- run author_reached(language text, slug text, reached bigint)
UPDATE desk_author_merge SET reached = $3 WHERE language = $1 AND slug = $2;

-- run author_unmerge(language text, slug text)
DELETE FROM desk_author_merge WHERE language = $1 AND slug = $2;

-- Of a name, or gone into an author of that name.
-- query authors_named(name text)
SELECT m.language, m.slug FROM desk_author_merge m
WHERE m.name = $1 OR EXISTS (SELECT 1 FROM desk_author t WHERE t.language = m.language AND t.slug = m.target AND t.name = $1)
ORDER BY m.language, m.slug;

-- The same of an author, or on which the author reported (story_row.h).
-- query stories_by_author(list text, pages text, language text, pattern text, after bigint, most bigint)
SELECT u.id FROM (
    SELECT story AS id FROM desk_listed WHERE list = $1
    UNION ALL
    SELECT l.story FROM desk_listed l JOIN desk_story p ON p.id = l.story
    WHERE l.list = $2 AND ' ' || replace(p.byline, '+', '') || ' ' LIKE $4 ESCAPE '!'
    UNION ALL
    SELECT id FROM desk_story WHERE state IN ('draft', 'in edit', 'ready', 'withdrawn') AND language = $3
        AND ' ' || replace(byline, '+', '') || ' ' LIKE $4 ESCAPE '!'
) u WHERE u.id > $5 ORDER BY u.id LIMIT $6;

-- run author_forget(language text, slug text)
DELETE FROM desk_author WHERE language = $1 AND slug = $2;
