-- Takedowns and withheld names (erasure.h)

-- run insert(id bigint, kind text, story bigint, instead text, reason text, person text, step bigint, asked bigint, once text)
INSERT INTO desk_erasure (id, kind, story, instead, reason, person, step, reached, asked, finished, once)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, 0, $9);

-- query by_once(once text)
SELECT id FROM desk_erasure WHERE once = $1 AND once <> '';

-- query open(step bigint)
SELECT id, kind, story, instead, reason, person, step, reached, asked, finished, problem FROM desk_erasure
WHERE step < 3 AND step = $1 ORDER BY id;

-- query recent(most bigint)
SELECT id, kind, story, instead, reason, person, step, reached, asked, finished, problem FROM desk_erasure ORDER BY id DESC LIMIT $1;

-- run reach(id bigint, reached bigint)
UPDATE desk_erasure SET reached = $2 WHERE id = $1;

-- run step(id bigint, step bigint, finished bigint)
UPDATE desk_erasure SET step = $2, finished = $3, problem = '' WHERE id = $1 AND step = $2 - 1;

-- query withheld()
SELECT CAST(coalesce(sum(1 + CASE WHEN step < 2 THEN step ELSE 2 END), 0) AS bigint) FROM desk_erasure WHERE kind = 'withhold';

-- query exists(id bigint)
SELECT id FROM desk_erasure WHERE id = $1;

-- run problem(id bigint, problem text)
UPDATE desk_erasure SET problem = $2 WHERE id = $1 AND step < 3 AND problem <> $2;

-- run word_put(erasure bigint, kind text, word text)
INSERT INTO desk_erasure_word (erasure, kind, word) VALUES ($1, $2, $3) ON CONFLICT (erasure, kind, word) DO NOTHING;

-- query words(erasure bigint, kind text)
SELECT word FROM desk_erasure_word WHERE erasure = $1 AND kind = $2 ORDER BY word;

-- run words_forget(erasure bigint)
DELETE FROM desk_erasure_word WHERE erasure = $1;

-- run gone_put(month bigint, line text)
INSERT INTO desk_gone (month, line) VALUES ($1, $2) ON CONFLICT (month, line) DO NOTHING;

-- query gone_lines(month bigint)
SELECT line FROM desk_gone WHERE month = $1 ORDER BY line;

-- query gone_months()
SELECT DISTINCT month FROM desk_gone ORDER BY month;

-- run story_forget_external(id bigint, external text)
UPDATE desk_story SET external = $2, given = NULL WHERE id = $1;

-- run revisions_forget(story bigint, kept bigint)
DELETE FROM desk_revision WHERE story = $1 AND number <> $2;

-- query revision_bodies(story bigint, after bigint, most bigint)
SELECT number, body FROM desk_revision WHERE story = $1 AND number > $2 ORDER BY number LIMIT $3;

-- run live_forget(story bigint)
UPDATE desk_live SET headline = '', body = '', digest = '', removed = 1 WHERE story = $1;

-- query live_bodies(story bigint)
SELECT body FROM desk_live WHERE story = $1;

-- query working_bodies(story bigint)
SELECT body FROM desk_working WHERE story = $1;

-- run workings_forget(story bigint)
DELETE FROM desk_working WHERE story = $1;

-- run comments_forget(story bigint)
DELETE FROM desk_comment WHERE story = $1;

-- run corrections_forget(story bigint)
DELETE FROM desk_correction WHERE story = $1;

-- query photos_before(story bigint)
SELECT media FROM desk_photo_before WHERE story = $1 ORDER BY media;

-- run photo_before_put(story bigint, media bigint)
INSERT INTO desk_photo_before (story, media) VALUES ($1, $2) ON CONFLICT (story, media) DO NOTHING;

-- run photos_before_forget(story bigint)
DELETE FROM desk_photo_before WHERE story = $1;

-- Of a translation group, in whatever state.
-- query group_stories(group_id bigint)
SELECT id FROM desk_story WHERE group_id = $1 ORDER BY language, id;

-- query breaking_of_story(story bigint)
SELECT language FROM desk_breaking WHERE story = $1 ORDER BY language;

-- run first_path_forget(story bigint)
DELETE FROM desk_first_path WHERE story = $1;

-- query media_file_used(sha256 text)
SELECT 1 WHERE EXISTS (SELECT 1 FROM desk_media WHERE sha256 = $1)
    OR EXISTS (SELECT 1 FROM desk_media_variant WHERE sha256 = $1)
    OR EXISTS (SELECT 1 FROM desk_media_crop WHERE sha256 = $1);

-- run media_forget(id bigint)
DELETE FROM desk_media WHERE id = $1;

-- Texts of a story beside its row, one at a time after a key, in four columns (story_withhold.c)

-- query withhold_revision(story bigint, after bigint)
SELECT number, title, lead, body, editor FROM desk_revision WHERE story = $1 AND number > $2 ORDER BY number LIMIT 1;

-- query withhold_live(story bigint, after bigint)
SELECT id, headline, body, '', '' FROM desk_live WHERE story = $1 AND id > $2 ORDER BY id LIMIT 1;

-- query withhold_correction(story bigint, after bigint)
SELECT id, text, '', '', '' FROM desk_correction WHERE story = $1 AND id > $2 ORDER BY id LIMIT 1;

-- query withhold_working(story bigint, after bigint)
SELECT person, title, lead, body, rest FROM desk_working WHERE story = $1 AND person > $2 ORDER BY person LIMIT 1;

-- query withhold_comment(story bigint, after bigint)
SELECT id, passage, text, '', '' FROM desk_comment WHERE story = $1 AND id > $2 ORDER BY id LIMIT 1;

-- And the same written back; columns that a table has not are empty.
-- run withheld_revision(story bigint, key bigint, one text, two text, three text, four text, size bigint)
UPDATE desk_revision SET title = $3, lead = $4, body = $5, editor = $6, size = $7 WHERE story = $1 AND number = $2;

-- run withheld_live(story bigint, key bigint, one text, two text, three text, four text)
UPDATE desk_live SET headline = $3, body = $4, digest = '', serial = serial + 1 WHERE story = $1 AND id = $2 AND $5 = '' AND $6 = '';

-- run withheld_correction(story bigint, key bigint, one text, two text, three text, four text)
UPDATE desk_correction SET text = $3 WHERE story = $1 AND id = $2 AND $4 = '' AND $5 = '' AND $6 = '';

-- Forms that were open before are taken no more (floor.h) …
-- run withheld_floor(story bigint, floor bigint)
INSERT INTO desk_floor (story, floor) VALUES ($1, $2) ON CONFLICT (story) DO UPDATE SET floor = $2;

-- … but working copies, in which the name was replaced as in the revisions they began with.
-- run withheld_workings(story bigint, floor bigint)
UPDATE desk_working SET floor = $2 WHERE story = $1;

-- run withheld_rebase(story bigint, from_revision bigint, to_revision bigint)
UPDATE desk_working SET base = $3 WHERE story = $1 AND base = $2;

-- run withheld_working(story bigint, key bigint, one text, two text, three text, four text)
UPDATE desk_working SET title = $3, lead = $4, body = $5, rest = $6, serial = serial + 1 WHERE story = $1 AND person = $2;

-- run withheld_comment(story bigint, key bigint, one text, two text, three text, four text)
UPDATE desk_comment SET passage = $3, text = $4 WHERE story = $1 AND id = $2 AND $5 = '' AND $6 = '';

-- query breaking_all()
SELECT language, text, story, until FROM desk_breaking ORDER BY language;

-- Sections, authors and topics, as WithholdPlace counts them (withhold_elsewhere.h), and behind all places merged topics.
-- query named_records()
SELECT 1, language, slug, name, about FROM desk_section
UNION ALL SELECT 2, language, slug, name, about FROM desk_author
UNION ALL SELECT 3, language, slug, name, about FROM desk_topic
UNION ALL SELECT 6, language, slug, name, '' FROM desk_topic_merge ORDER BY 1, 2, 3;

-- run merged_rename(language text, slug text, name text)
UPDATE desk_topic_merge SET name = $3 WHERE language = $1 AND slug = $2;

-- query author_named(name text)
SELECT language, slug FROM desk_author WHERE name = $1 ORDER BY language, slug;

-- query topic_named(name text)
SELECT language, slug FROM desk_topic WHERE name = $1 ORDER BY language, slug;

-- run author_forget(language text, slug text)
DELETE FROM desk_author WHERE language = $1 AND slug = $2;

-- run count_forget(list text)
DELETE FROM desk_count WHERE list = $1;

-- run topic_forget(language text, slug text)
DELETE FROM desk_topic WHERE language = $1 AND slug = $2;

-- Names of uploaded files.
-- query uploads()
SELECT id, name FROM desk_upload WHERE name <> '' ORDER BY id;

-- run upload_unname(id bigint)
UPDATE desk_upload SET name = '', reason = '' WHERE id = $1;

-- run uploads_of_media(media bigint)
UPDATE desk_upload SET name = '', reason = '' WHERE media = $1 OR target = $1;

-- A draft that is thrown away (discard.h): what stands in the way, what it has, and all its rows

-- query discard_way(story bigint)
SELECT CASE
    WHEN EXISTS (SELECT 1 FROM desk_story WHERE id = $1 AND was_out <> 0)
        OR EXISTS (SELECT 1 FROM desk_path WHERE story = $1 AND status <> 200) OR EXISTS (SELECT 1 FROM desk_first_path WHERE story = $1)
        OR EXISTS (SELECT 1 FROM desk_listed WHERE story = $1) THEN 1
    WHEN EXISTS (SELECT 1 FROM desk_correction WHERE story = $1) THEN 2
    WHEN EXISTS (SELECT 1 FROM desk_front WHERE story = $1) OR EXISTS (SELECT 1 FROM desk_breaking WHERE story = $1) THEN 3
    WHEN EXISTS (SELECT 1 FROM desk_story WHERE group_id = $1 AND id <> $1) THEN 4
    ELSE 0 END;

-- query discard_size(story bigint)
SELECT (SELECT COUNT(*) FROM desk_revision WHERE story = $1), (SELECT COUNT(*) FROM desk_comment WHERE story = $1),
    (SELECT COUNT(*) FROM desk_live WHERE story = $1), (SELECT COUNT(*) FROM desk_working WHERE story = $1),
    (SELECT CAST(COALESCE(SUM(serial), 0) AS BIGINT) FROM desk_live WHERE story = $1),
    (SELECT COALESCE(MAX(changed), 0) FROM desk_working WHERE story = $1);

-- run discard_live_use(story bigint)
DELETE FROM desk_live_use WHERE entry IN (SELECT id FROM desk_live WHERE story = $1);

-- run discard_live(story bigint)
DELETE FROM desk_live WHERE story = $1;

-- run discard_media_use(story bigint)
DELETE FROM desk_media_use WHERE story = $1;

-- run discard_task(story bigint)
DELETE FROM desk_task WHERE story = $1;

-- run discard_begun(story bigint)
DELETE FROM desk_begun WHERE story = $1;

-- run discard_presence(story bigint)
DELETE FROM desk_presence WHERE story = $1;

-- run discard_match(story bigint)
DELETE FROM desk_match WHERE story = $1 OR original = $1;

-- run discard_floor(story bigint)
DELETE FROM desk_floor WHERE story = $1;

-- run discard_keys(story bigint)
DELETE FROM desk_api_key WHERE story = $1;

-- run discard_put(story bigint)
DELETE FROM desk_api_put WHERE story = $1;

-- run discard_place(story bigint)
DELETE FROM desk_page_place WHERE story = $1;

-- run discard_words(story bigint)
DELETE FROM desk_words WHERE story = $1;

-- run discard_search(story bigint)
DELETE FROM desk_search WHERE story = $1;

-- run discard_find(story bigint)
DELETE FROM desk_find WHERE story = $1;

-- run discard_path(story bigint)
DELETE FROM desk_path WHERE story = $1;

-- run discard_story(story bigint)
DELETE FROM desk_story WHERE id = $1;
