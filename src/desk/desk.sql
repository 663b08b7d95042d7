-- Stories

-- query story_by_id(id bigint)
SELECT id, group_id, kind, language, state, section, slug, path, external, published,
    CASE WHEN published IS NULL THEN 0 ELSE 1 END, day, updated, headline, standfirst, topics, byline, agency, photo,
    caption, credit, alt, revision, format, version, created, changed, reason, embargo
FROM desk_story WHERE id = $1;

-- query story_id_by_path(path text)
SELECT story FROM desk_path WHERE path = $1 AND status <> 301;

-- Its page, or an old address of it.
-- query story_id_by_address(path text)
SELECT story FROM desk_path WHERE path = $1 AND story IS NOT NULL;

-- query story_by_external(external text)
SELECT id, given FROM desk_story WHERE external = $1;

-- run story_insert(id bigint, group_id bigint, kind text, language text, state text, section text, slug text, path text, external text, given bytes, published bigint?, visible_from bigint?, day bigint, updated bigint, headline text, standfirst text, topics text, byline text, agency text, photo bigint?, caption text, credit text, alt text, revision bigint, format text, version bigint, created bigint, changed bigint, reason text, embargo bigint)
INSERT INTO desk_story (id, group_id, kind, language, state, section, slug, path, external, given, published, visible_from,
    day, updated, headline, standfirst, topics, byline, agency, photo, caption, credit, alt, revision, format, version,
    created, changed, reason, embargo, was_out)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28, $29, $30, CASE WHEN $12 IS NULL THEN 0 ELSE 1 END);

-- run story_update(id bigint, group_id bigint, kind text, state text, section text, slug text, path text, published bigint?, visible_from bigint?, day bigint, updated bigint, headline text, standfirst text, topics text, byline text, agency text, photo bigint?, caption text, credit text, alt text, revision bigint, format text, version bigint, changed bigint, reason text, embargo bigint)
UPDATE desk_story SET group_id = $2, kind = $3, state = $4, section = $5, slug = $6, path = $7, published = $8,
    visible_from = $9, day = $10, updated = $11, headline = $12, standfirst = $13, topics = $14, byline = $15,
    agency = $16, photo = $17, caption = $18, credit = $19, alt = $20, revision = $21, format = $22, version = $23,
    changed = $24, reason = $25, embargo = $26, was_out = CASE WHEN $9 IS NULL THEN was_out ELSE 1 END
WHERE id = $1;

-- run story_set_given(id bigint, given bytes)
UPDATE desk_story SET given = $2 WHERE id = $1;

-- query story_text(id bigint)
SELECT r.body, r.format FROM desk_story s JOIN desk_revision r ON r.story = s.id AND r.number = s.revision
WHERE s.id = $1;

-- query story_ids_after(after bigint, most bigint)
SELECT id FROM desk_story WHERE id > $1 ORDER BY id LIMIT $2;

-- query story_recent(most bigint)
SELECT id FROM desk_story ORDER BY changed DESC, id DESC LIMIT $1;

-- query story_recent_in_state(state text, most bigint)
SELECT id FROM desk_story WHERE state = $1 ORDER BY changed DESC, id DESC LIMIT $2;

-- query story_recent_in_language(language text, most bigint)
SELECT id FROM desk_story WHERE language = $1 ORDER BY changed DESC, id DESC LIMIT $2;

-- query story_recent_in_both(language text, state text, most bigint)
SELECT id FROM desk_story WHERE language = $1 AND state = $2 ORDER BY changed DESC, id DESC LIMIT $3;

-- query story_state_counts()
SELECT state, COUNT(*) FROM desk_story GROUP BY state;

-- run story_settle(now bigint)
UPDATE desk_story SET state = 'published' WHERE state = 'scheduled' AND visible_from <= $1;

-- query group_member(group_id bigint, language text)
SELECT id FROM desk_story WHERE group_id = $1 AND language = $2;

-- query group_other(group_id bigint, id bigint)
SELECT id FROM desk_story WHERE group_id = $1 AND id <> $2 LIMIT 1;

-- query group_first(group_id bigint)
SELECT id, external, path FROM desk_story WHERE group_id = $1 ORDER BY id LIMIT 1;

-- Cards and lists

-- query card_by_id(id bigint, as_of bigint)
SELECT s.id, s.group_id, s.kind, s.language, s.path, s.headline, s.standfirst, s.section, c.name, s.byline, s.agency,
    s.photo, s.alt, s.published, s.updated, s.day
FROM desk_story s LEFT JOIN desk_section c ON c.language = s.language AND c.slug = s.section
WHERE s.id = $1 AND s.visible_from <= $2;

-- query group_cards(group_id bigint, as_of bigint)
SELECT s.id, s.group_id, s.kind, s.language, s.path, s.headline, s.standfirst, s.section, c.name, s.byline, s.agency,
    s.photo, s.alt, s.published, s.updated, s.day
FROM desk_story s LEFT JOIN desk_section c ON c.language = s.language AND c.slug = s.section
WHERE s.group_id = $1 AND s.visible_from <= $2 ORDER BY s.language;

-- query list_cards(list text, before bigint, before_id bigint, since bigint, day_first bigint, day_last bigint, most bigint)
SELECT s.id, s.group_id, s.kind, s.language, s.path, s.headline, s.standfirst, s.section, c.name, s.byline, s.agency,
    s.photo, s.alt, s.published, s.updated, s.day
FROM desk_listed l JOIN desk_story s ON s.id = l.story
    LEFT JOIN desk_section c ON c.language = s.language AND c.slug = s.section
WHERE l.list = $1 AND (l.visible_from, l.story) < ($2, $3) AND l.visible_from >= $4 AND l.day BETWEEN $5 AND $6
ORDER BY l.visible_from DESC, l.story DESC LIMIT $7;

-- query list_ids(list text, before bigint, before_id bigint, since bigint, day_first bigint, day_last bigint, most bigint)
SELECT l.story FROM desk_listed l
WHERE l.list = $1 AND (l.visible_from, l.story) < ($2, $3) AND l.visible_from >= $4 AND l.day BETWEEN $5 AND $6
ORDER BY l.visible_from DESC, l.story DESC LIMIT $7;

-- run listed_insert(list text, visible_from bigint, story bigint, day bigint)
INSERT INTO desk_listed (list, visible_from, story, day) VALUES ($1, $2, $3, $4);

-- run listed_delete(list text, visible_from bigint, story bigint)
DELETE FROM desk_listed WHERE list = $1 AND visible_from = $2 AND story = $3;

-- run count_add(list text, month bigint, stories bigint)
INSERT INTO desk_count (list, month, stories) VALUES ($1, $2, $3)
ON CONFLICT (list, month) DO UPDATE SET stories = desk_count.stories + $3;

-- query count_months(list text, first bigint, last bigint)
SELECT month, stories FROM desk_count WHERE list = $1 AND month BETWEEN $2 AND $3 ORDER BY month;

-- query count_later(list text, after bigint)
SELECT day / 100, COUNT(*) FROM desk_listed WHERE list = $1 AND visible_from > $2 GROUP BY day / 100;

-- query count_days(list text, since bigint, until bigint, day_first bigint, day_last bigint)
SELECT day, COUNT(*) FROM desk_listed
WHERE list = $1 AND visible_from >= $2 AND visible_from <= $3 AND day BETWEEN $4 AND $5 GROUP BY day ORDER BY day;

-- Revisions

-- run revision_insert(story bigint, number bigint, created bigint, editor text, title text, lead text, format text, size bigint, body text)
INSERT INTO desk_revision (story, number, created, editor, title, lead, format, size, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- query revision_read(story bigint, number bigint)
SELECT number, created, editor, title, lead, format, size, body FROM desk_revision WHERE story = $1 AND number = $2;

-- query revision_list(story bigint, most bigint)
SELECT number, created, editor, title, lead, format, size FROM desk_revision WHERE story = $1
ORDER BY number DESC LIMIT $2;

-- Sections

-- query section_read(language text, slug text)
SELECT language, slug, name, position, about, hidden FROM desk_section WHERE language = $1 AND slug = $2;

-- query section_by_name(language text, name text)
SELECT slug FROM desk_section WHERE language = $1 AND name = $2 ORDER BY slug LIMIT 1;

-- query section_list(language text)
SELECT language, slug, name, position, about, hidden FROM desk_section WHERE language = $1 ORDER BY position, slug;

-- Last in its language.
-- run section_insert(language text, slug text, name text)
INSERT INTO desk_section (language, slug, name, position)
SELECT $1, $2, $3, 1 + COALESCE(MAX(position), 0) FROM desk_section WHERE language = $1
ON CONFLICT (language, slug) DO NOTHING;

-- run section_rename(language text, slug text, name text)
UPDATE desk_section SET name = $3 WHERE language = $1 AND slug = $2;

-- run section_describe(language text, slug text, about text)
UPDATE desk_section SET about = $3 WHERE language = $1 AND slug = $2;

-- run section_hide(language text, slug text, hidden bigint)
UPDATE desk_section SET hidden = $3 WHERE language = $1 AND slug = $2;

-- run section_place(language text, slug text, position bigint)
UPDATE desk_section SET position = $3 WHERE language = $1 AND slug = $2;

-- Topics

-- query topic_read(language text, slug text)
SELECT language, slug, name, about FROM desk_topic WHERE language = $1 AND slug = $2;

-- query topic_by_name(language text, name text)
SELECT slug FROM desk_topic WHERE language = $1 AND name = $2 ORDER BY slug LIMIT 1;

-- query topic_after(language text, after text, most bigint)
SELECT language, slug, name, about FROM desk_topic WHERE language = $1 AND slug > $2 ORDER BY slug LIMIT $3;

-- run topic_insert(language text, slug text, name text)
INSERT INTO desk_topic (language, slug, name, about) VALUES ($1, $2, $3, '') ON CONFLICT (language, slug) DO NOTHING;

-- run topic_rename(language text, slug text, name text)
UPDATE desk_topic SET name = $3 WHERE language = $1 AND slug = $2;

-- run topic_describe(language text, slug text, about text)
UPDATE desk_topic SET about = $3 WHERE language = $1 AND slug = $2;

-- Authors

-- query author_read(language text, slug text)
SELECT language, slug, name, about FROM desk_author WHERE language = $1 AND slug = $2;

-- query author_by_name(language text, name text)
SELECT slug FROM desk_author WHERE language = $1 AND name = $2 ORDER BY slug LIMIT 1;

-- query author_after(language text, after text, most bigint)
SELECT language, slug, name, about FROM desk_author WHERE language = $1 AND slug > $2 ORDER BY slug LIMIT $3;

-- run author_insert(language text, slug text, name text)
INSERT INTO desk_author (language, slug, name, about) VALUES ($1, $2, $3, '') ON CONFLICT (language, slug) DO NOTHING;

-- run author_rename(language text, slug text, name text)
UPDATE desk_author SET name = $3 WHERE language = $1 AND slug = $2;

-- run author_describe(language text, slug text, about text)
UPDATE desk_author SET about = $3 WHERE language = $1 AND slug = $2;

-- Media

-- query media_read(id bigint)
SELECT id, sha256, extension, mime, width, height, size, caption, photographer, agency, licence, licence_until, alt, focal_x, focal_y, created, source, taken
FROM desk_media WHERE id = $1;

-- query media_by_sha256(sha256 text)
SELECT id FROM desk_media WHERE sha256 = $1 UNION SELECT media FROM desk_media_crop WHERE sha256 = $1;

-- query media_find(before bigint, pattern text, unused bigint, expires bigint, most bigint, held text)
SELECT id, sha256, extension, mime, width, height, size, caption, photographer, agency, licence, licence_until, alt, focal_x, focal_y, created, source, taken
FROM desk_media m WHERE id < $1 AND ($2 = '' OR folded LIKE $2 ESCAPE '!') AND ($4 = 0 OR (licence_until > 0 AND licence_until < $4))
    AND ($3 = 0 OR (NOT EXISTS (SELECT 1 FROM desk_story WHERE photo = m.id)
        AND NOT EXISTS (SELECT 1 FROM desk_media_use WHERE media = m.id)
        AND NOT EXISTS (SELECT 1 FROM desk_live_use u JOIN desk_live l ON l.id = u.entry WHERE u.media = m.id AND l.removed = 0)
        AND $6 NOT LIKE '% ' || CAST(m.id AS TEXT) || ' %'))
ORDER BY id DESC LIMIT $5;

-- run media_replace(id bigint, sha256 text, extension text, mime text, width bigint, height bigint, size bigint)
UPDATE desk_media SET sha256 = $2, extension = $3, mime = $4, width = $5, height = $6, size = $7, focal_x = -1, focal_y = -1
WHERE id = $1;

-- run media_delete(id bigint)
DELETE FROM desk_media WHERE id = $1;

-- query media_file_users(sha256 text)
SELECT id FROM desk_media WHERE sha256 = $1 UNION SELECT media FROM desk_media_variant WHERE sha256 = $1
UNION SELECT media FROM desk_media_crop WHERE sha256 = $1;

-- run media_insert(id bigint, sha256 text, extension text, mime text, width bigint, height bigint, size bigint, caption text, photographer text, agency text, licence text, licence_until bigint, alt text, focal_x bigint, focal_y bigint, created bigint, source text, taken text, folded text)
INSERT INTO desk_media (id, sha256, extension, mime, width, height, size, caption, photographer, agency, licence, licence_until, alt, focal_x, focal_y, created, source, taken, folded)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

-- run media_describe(id bigint, caption text, photographer text, agency text, licence text, licence_until bigint, alt text, focal_x bigint, focal_y bigint, source text, taken text, folded text)
UPDATE desk_media SET caption = $2, photographer = $3, agency = $4, licence = $5, licence_until = $6, alt = $7, focal_x = $8, focal_y = $9,
    source = $10, taken = $11, folded = $12
WHERE id = $1;

-- query variant_list(media bigint)
SELECT shape, format, width, height, sha256, size FROM desk_media_variant WHERE media = $1 ORDER BY shape, format, width;

-- run variant_clear(media bigint)
DELETE FROM desk_media_variant WHERE media = $1;

-- run variant_insert(media bigint, shape text, format text, width bigint, height bigint, sha256 text, size bigint)
INSERT INTO desk_media_variant (media, shape, format, width, height, sha256, size) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- run media_set_size(id bigint, width bigint, height bigint)
UPDATE desk_media SET width = $2, height = $3 WHERE id = $1;

-- query media_usage(media bigint)
SELECT id FROM desk_story WHERE photo = $1 UNION SELECT story FROM desk_media_use WHERE media = $1
UNION SELECT l.story FROM desk_live_use u JOIN desk_live l ON l.id = u.entry WHERE u.media = $1 AND l.removed = 0 ORDER BY 1;

-- query working_pictured()
SELECT story, body, rest FROM desk_working WHERE body LIKE '%media:%' OR rest LIKE '%photo=%' ORDER BY story, person;

-- query media_shown(media bigint)
SELECT id FROM desk_story WHERE photo = $1 UNION SELECT story FROM desk_media_use WHERE media = $1
UNION SELECT l.story FROM desk_live_use u JOIN desk_live l ON l.id = u.entry
    WHERE u.media = $1 AND l.waiting = 0 AND l.removed = 0 ORDER BY 1;

-- query media_embargoed(media bigint, now bigint)
SELECT s.id FROM desk_story s WHERE s.embargo > 0 AND s.embargo > $2 AND (s.photo = $1
    OR EXISTS (SELECT 1 FROM desk_media_use u WHERE u.media = $1 AND u.story = s.id)
    OR EXISTS (SELECT 1 FROM desk_live_use u JOIN desk_live l ON l.id = u.entry WHERE u.media = $1 AND l.story = s.id)) LIMIT 1;

-- Pictures that are cut (media_crop.h)

-- query crop_read(media bigint)
SELECT x, y, width, height, waiting, sha256, extension, mime, whole_width, whole_height, size FROM desk_media_crop WHERE media = $1;

-- run crop_insert(media bigint, x bigint, y bigint, width bigint, height bigint, sha256 text, extension text, mime text, whole_width bigint, whole_height bigint, size bigint)
INSERT INTO desk_media_crop (media, x, y, width, height, waiting, sha256, extension, mime, whole_width, whole_height, size)
VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11);

-- run crop_want(media bigint, x bigint, y bigint, width bigint, height bigint)
UPDATE desk_media_crop SET x = $2, y = $3, width = $4, height = $5, waiting = 1 WHERE media = $1;

-- run crop_done(media bigint)
UPDATE desk_media_crop SET waiting = 0 WHERE media = $1;

-- run crop_forget(media bigint)
DELETE FROM desk_media_crop WHERE media = $1;

-- Pictures in the entries of live stories

-- run live_use_insert(media bigint, entry bigint)
INSERT INTO desk_live_use (media, entry) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- run live_use_clear(entry bigint)
DELETE FROM desk_live_use WHERE entry = $1;

-- run media_use_insert(media bigint, story bigint)
INSERT INTO desk_media_use (media, story) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- run media_use_clear(story bigint)
DELETE FROM desk_media_use WHERE story = $1;

-- Uploads

-- run upload_insert(id bigint, name text, person bigint, created bigint, target bigint, words bigint, file text)
INSERT INTO desk_upload (id, name, person, created, target, words, file, state, media, ended, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, 0, '');

-- query upload_read(id bigint)
SELECT id, name, person, created, target, words, file, state, media, ended, reason FROM desk_upload WHERE id = $1;

-- query upload_list(most bigint)
SELECT id, name, person, created, target, words, file, state, media, ended, reason FROM desk_upload ORDER BY id DESC LIMIT $1;

-- query upload_count_waiting()
SELECT COUNT(*) FROM desk_upload WHERE state = 'waiting';

-- query upload_waiting_before(moment bigint)
SELECT id FROM desk_upload WHERE state = 'waiting' AND created < $1 ORDER BY id;

-- query upload_of_file(file text)
SELECT id FROM desk_upload WHERE file = $1 AND state = 'waiting';

-- run upload_end(id bigint, state text, media bigint, ended bigint, reason text)
UPDATE desk_upload SET state = $2, media = $3, ended = $4, reason = $5 WHERE id = $1 AND state = 'waiting';

-- run upload_forget(before bigint)
DELETE FROM desk_upload WHERE ended > 0 AND ended < $1;

-- Paths and redirects

-- query path_read(path text)
SELECT status, story, target, since, month FROM desk_path WHERE path = $1;

-- Another path that is the same but for capital letters; `folded` is $2 in small ones (ASCII).
-- query path_alike(folded text, path text)
SELECT path, status, story FROM desk_path WHERE lower(path) = $1 AND path <> $2 ORDER BY path LIMIT 1;

-- query paths_of_story(story bigint)
SELECT path, status, since, month FROM desk_path WHERE story = $1 ORDER BY path;

-- Changes nothing where another holds the path.
-- run path_put(path text, status bigint, story bigint?, target text, since bigint, month bigint)
INSERT INTO desk_path (path, status, story, target, since, month) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (path) DO UPDATE SET status = $2, story = $3, target = $4, since = $5, month = $6
WHERE desk_path.story = $3 OR (desk_path.story IS NULL AND $3 IS NULL);

-- run path_delete(path text)
DELETE FROM desk_path WHERE path = $1;

-- query first_path(story bigint)
SELECT path FROM desk_first_path WHERE story = $1;

-- run first_path_put(story bigint, path text)
INSERT INTO desk_first_path (story, path) VALUES ($1, $2) ON CONFLICT (story) DO NOTHING;

-- query redirect_by_path(path text)
SELECT p.path, p.status, p.target, p.since, p.story, s.path, s.language, s.state,
    CASE WHEN s.visible_from IS NULL THEN 0 ELSE 1 END, s.visible_from, o.status
FROM desk_path p LEFT JOIN desk_story s ON s.id = p.story LEFT JOIN desk_path o ON o.path = s.path
WHERE p.path = $1 AND p.status <> 200;

-- query redirects_in_month(month bigint)
SELECT p.path, p.status, p.target, p.since, p.story, s.path, s.language, s.state,
    CASE WHEN s.visible_from IS NULL THEN 0 ELSE 1 END, s.visible_from, o.status
FROM desk_path p LEFT JOIN desk_story s ON s.id = p.story LEFT JOIN desk_path o ON o.path = s.path
WHERE p.month = $1 AND p.status <> 200 ORDER BY p.path;

-- query redirects_after(path text, most bigint)
SELECT p.path, p.status, p.target, p.since, p.story, s.path, s.language, s.state,
    CASE WHEN s.visible_from IS NULL THEN 0 ELSE 1 END, s.visible_from, o.status
FROM desk_path p LEFT JOIN desk_story s ON s.id = p.story LEFT JOIN desk_path o ON o.path = s.path
WHERE p.path > $1 AND p.status <> 200 ORDER BY p.path LIMIT $2;

-- query redirect_months()
SELECT DISTINCT month FROM desk_path WHERE status <> 200 ORDER BY month;

-- Corrections

-- run correction_insert(id bigint, story bigint, language text, created bigint, text text)
INSERT INTO desk_correction (id, story, language, created, text) VALUES ($1, $2, $3, $4, $5);

-- query corrections_of_story(story bigint)
SELECT id, story, created, text FROM desk_correction WHERE story = $1 ORDER BY created, id;

-- query correction_list(language text, as_of bigint, most bigint)
SELECT k.id, k.story, k.created, k.text, s.path, s.headline
FROM desk_correction k JOIN desk_story s ON s.id = k.story
WHERE k.language = $1 AND s.visible_from <= $2 ORDER BY k.created DESC, k.id DESC LIMIT $3;

-- Front and breaking line

-- query front_slots(language text)
SELECT slot, story, section, until FROM desk_front WHERE language = $1 ORDER BY slot;

-- run front_put(language text, slot bigint, story bigint?, section text, until bigint)
INSERT INTO desk_front (language, slot, story, section, until) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (language, slot) DO UPDATE SET story = $3, section = $4, until = $5;

-- run front_delete(language text, slot bigint)
DELETE FROM desk_front WHERE language = $1 AND slot = $2;

-- run front_release(language text, story bigint, slot bigint)
DELETE FROM desk_front WHERE language = $1 AND story = $2 AND slot <> $3;

-- query breaking_read(language text)
SELECT text, story, until, since FROM desk_breaking WHERE language = $1;

-- run breaking_put(language text, text text, story bigint?, until bigint, since bigint)
INSERT INTO desk_breaking (language, text, story, until, since) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (language) DO UPDATE SET text = $2, story = $3, until = $4, since = $5;

-- run breaking_delete(language text)
DELETE FROM desk_breaking WHERE language = $1;

-- Live entries

-- query live_read(id bigint)
SELECT id, story, moment, number, headline, body, format, removed, person, serial, waiting
FROM desk_live WHERE id = $1;

-- query live_list(story bigint)
SELECT id, story, moment, number, headline, body, format, removed, person, serial, waiting
FROM desk_live WHERE story = $1 AND removed = 0 AND waiting = 0 ORDER BY moment DESC, id DESC;

-- Those that show pictures.
-- query live_pictured(story bigint)
SELECT id, story, moment, number, headline, body, format, removed, person, serial, waiting
FROM desk_live l WHERE story = $1 AND removed = 0 AND waiting = 0
  AND EXISTS (SELECT 1 FROM desk_live_use u WHERE u.entry = l.id) ORDER BY moment DESC, id DESC;

-- query live_all(story bigint, removed bigint, moment bigint, id bigint, most bigint)
SELECT id, story, moment, number, headline, body, format, removed, person, serial, waiting
FROM desk_live WHERE story = $1 AND removed = $2 AND (moment < $3 OR (moment = $3 AND id < $4))
ORDER BY moment DESC, id DESC LIMIT $5;

-- query live_count(story bigint)
SELECT COUNT(*) FROM desk_live WHERE story = $1;

-- query live_stands(story bigint)
SELECT id FROM desk_live WHERE story = $1 AND removed = 0 LIMIT 1;

-- query live_by_key(story bigint, sent text)
SELECT id, digest FROM desk_live WHERE story = $1 AND sent = $2;

-- run live_insert(id bigint, story bigint, moment bigint, number bigint, headline text, body text, format text, person bigint, sent text, waiting bigint, digest text)
INSERT INTO desk_live (id, story, moment, number, headline, body, format, removed, person, sent, serial, waiting, digest)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 1, $10, $11);

-- run live_update(id bigint, moment bigint, headline text, body text, format text, removed bigint, waiting bigint)
UPDATE desk_live SET moment = $2, headline = $3, body = $4, format = $5, removed = $6, waiting = $7, serial = serial + 1
WHERE id = $1;

-- Words to be read again (story_words.h)

-- run words_put(story bigint, published bigint)
INSERT INTO desk_words (story, published, changes) VALUES ($1, $2, 1)
ON CONFLICT (story) DO UPDATE SET published = $2, changes = desk_words.changes + 1;

-- query words_next(most bigint)
SELECT story, changes FROM desk_words ORDER BY published, story LIMIT $1;

-- run words_done(story bigint, changes bigint)
DELETE FROM desk_words WHERE story = $1 AND changes = $2;

-- query words_of_story(story bigint)
SELECT s.language, s.kind, s.visible_from, CASE WHEN s.visible_from IS NULL THEN 0 ELSE 1 END, s.headline, s.standfirst,
    r.format, r.body
FROM desk_story s JOIN desk_revision r ON r.story = s.id AND r.number = s.revision WHERE s.id = $1;

-- query words_walk(list text, after bigint, after_id bigint, most bigint)
SELECT visible_from, story FROM desk_listed WHERE list = $1 AND (visible_from, story) > ($2, $3)
ORDER BY visible_from, story LIMIT $4;

-- Stories to be indexed again (story_search.h)

-- run search_put(story bigint, due bigint)
INSERT INTO desk_search (story, due, changes) VALUES ($1, $2, 1)
ON CONFLICT (story) DO UPDATE SET due = $2, changes = desk_search.changes + 1;

-- run search_put_listed(list text, most bigint)
INSERT INTO desk_search (story, due, changes)
SELECT l.story, l.visible_from, 1 FROM desk_listed l WHERE l.list = $1 ORDER BY l.visible_from, l.story LIMIT $2
ON CONFLICT (story) DO UPDATE SET changes = desk_search.changes + 1;

-- query search_next(now bigint, most bigint)
SELECT story, changes FROM desk_search WHERE due <= $1 ORDER BY due, story LIMIT $2;

-- run search_done(story bigint, changes bigint)
DELETE FROM desk_search WHERE story = $1 AND changes = $2;

-- Working copies (working.h) and presence (presence.h)

-- query working_read(story bigint, person bigint)
SELECT story, person, base, serial, changed, name, title, lead, body, rest, floor FROM desk_working
WHERE story = $1 AND person = $2;

-- query working_of_story(story bigint)
SELECT story, person, base, serial, changed, name, title, lead, body, rest, floor FROM desk_working
WHERE story = $1 ORDER BY changed DESC, person;

-- query working_of_person(person bigint, most bigint)
SELECT story, person, base, serial, changed, name, title, lead, NULL, '', floor FROM desk_working
WHERE person = $1 ORDER BY changed DESC, story LIMIT $2;

-- run working_put(story bigint, person bigint, base bigint, serial bigint, changed bigint, name text, title text, lead text, body text, rest text, floor bigint)
INSERT INTO desk_working (story, person, base, serial, changed, name, title, lead, body, rest, floor)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (story, person) DO UPDATE SET base = $3, serial = $4, changed = $5, name = $6, title = $7, lead = $8,
    body = $9, rest = $10, floor = $11;

-- query floor_read(story bigint)
SELECT floor FROM desk_floor WHERE story = $1;

-- run working_delete(story bigint, person bigint)
DELETE FROM desk_working WHERE story = $1 AND person = $2;

-- run presence_put(story bigint, person bigint, name text, seen bigint)
INSERT INTO desk_presence (story, person, name, seen) VALUES ($1, $2, $3, $4)
ON CONFLICT (story, person) DO UPDATE SET name = $3, seen = $4;

-- run presence_delete(story bigint, person bigint)
DELETE FROM desk_presence WHERE story = $1 AND person = $2;

-- run presence_sweep(before bigint)
DELETE FROM desk_presence WHERE seen < $1;

-- query presence_list(story bigint, since bigint)
SELECT p.person, p.name, p.seen, CASE WHEN w.story IS NULL THEN 0 ELSE 1 END
FROM desk_presence p LEFT JOIN desk_working w ON w.story = p.story AND w.person = p.person
WHERE p.story = $1 AND p.seen >= $2 ORDER BY p.name, p.person;

-- Tasks (task.h) and comments (comment.h)

-- query task_read(story bigint)
SELECT assignee, due FROM desk_task WHERE story = $1;

-- run task_put(story bigint, assignee bigint, due bigint)
INSERT INTO desk_task (story, assignee, due) VALUES ($1, $2, $3)
ON CONFLICT (story) DO UPDATE SET assignee = $2, due = $3;

-- run task_reassign(from bigint, to bigint)
UPDATE desk_task SET assignee = $2 WHERE assignee = $1 AND assignee <> 0;

-- run begun_put(story bigint, person bigint)
INSERT INTO desk_begun (story, person) VALUES ($1, $2) ON CONFLICT (story) DO NOTHING;

-- What somebody began, is not out, and is nobody's task.
-- query task_left(person bigint)
SELECT s.id FROM desk_begun b JOIN desk_story s ON s.id = b.story LEFT JOIN desk_task t ON t.story = s.id
WHERE b.person = $1 AND s.state IN ('draft', 'in edit', 'ready') AND COALESCE(t.assignee, 0) = 0 ORDER BY s.id;

-- run task_adopt(person bigint, to bigint)
INSERT INTO desk_task (story, assignee, due)
SELECT s.id, $2, 0 FROM desk_begun b JOIN desk_story s ON s.id = b.story
WHERE b.person = $1 AND s.state IN ('draft', 'in edit', 'ready')
ON CONFLICT (story) DO UPDATE SET assignee = $2 WHERE desk_task.assignee = 0;

-- query comment_read(story bigint, id bigint)
SELECT id FROM desk_comment WHERE story = $1 AND id = $2;

-- query comment_list(story bigint)
SELECT id, story, person, name, created, passage, text, settled, settled_by FROM desk_comment
WHERE story = $1 ORDER BY created, id;

-- run comment_insert(id bigint, story bigint, person bigint, name text, created bigint, passage text, text text)
INSERT INTO desk_comment (id, story, person, name, created, passage, text, settled, settled_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '');

-- run comment_settle(story bigint, id bigint, settled bigint, settled_by text)
UPDATE desk_comment SET settled = $3, settled_by = $4 WHERE story = $1 AND id = $2 AND settled = 0;

-- The office's list of stories (story_find.h)

-- run find_put(changed bigint, story bigint, state text, language text, section text, byline text, words text)
INSERT INTO desk_find (changed, story, state, language, section, byline, words) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (story) DO UPDATE SET changed = $1, state = $3, language = $4, section = $5, byline = $6, words = $7;

-- run find_settle()
UPDATE desk_find SET state = 'published' WHERE state = 'scheduled'
    AND story IN (SELECT id FROM desk_story WHERE state = 'published');

-- Empty texts do not restrict; words are patterns of LIKE.
-- query find_stories(before bigint, before_id bigint, state text, language text, section text, author text, one text, two text, three text, four text, five text, six text, seven text, eight text, most bigint)
SELECT story, changed FROM desk_find
WHERE (changed, story) < ($1, $2) AND ($3 = '' OR state = $3) AND ($4 = '' OR language = $4)
    AND ($5 = '' OR section = $5) AND ($6 = '' OR byline LIKE $6 ESCAPE '!')
    AND ($7 = '' OR words LIKE $7 ESCAPE '!') AND ($8 = '' OR words LIKE $8 ESCAPE '!')
    AND ($9 = '' OR words LIKE $9 ESCAPE '!') AND ($10 = '' OR words LIKE $10 ESCAPE '!')
    AND ($11 = '' OR words LIKE $11 ESCAPE '!') AND ($12 = '' OR words LIKE $12 ESCAPE '!')
    AND ($13 = '' OR words LIKE $13 ESCAPE '!') AND ($14 = '' OR words LIKE $14 ESCAPE '!')
ORDER BY changed DESC, story DESC LIMIT $15;

-- The same of one person's tasks (0: anybody's), or of those due before a moment (0: whenever).
-- query find_tasks(before bigint, before_id bigint, assignee bigint, due bigint, state text, language text, section text, author text, one text, two text, three text, four text, five text, six text, seven text, eight text, most bigint)
SELECT f.story, f.changed FROM desk_task t JOIN desk_find f ON f.story = t.story
WHERE (f.changed, f.story) < ($1, $2) AND ($3 = 0 OR t.assignee = $3)
    AND ($4 = 0 OR (t.due <> 0 AND t.due < $4 AND f.state IN ('draft', 'in edit', 'ready')))
    AND ($5 = '' OR f.state = $5) AND ($6 = '' OR f.language = $6) AND ($7 = '' OR f.section = $7)
    AND ($8 = '' OR f.byline LIKE $8 ESCAPE '!')
    AND ($9 = '' OR f.words LIKE $9 ESCAPE '!') AND ($10 = '' OR f.words LIKE $10 ESCAPE '!')
    AND ($11 = '' OR f.words LIKE $11 ESCAPE '!') AND ($12 = '' OR f.words LIKE $12 ESCAPE '!')
    AND ($13 = '' OR f.words LIKE $13 ESCAPE '!') AND ($14 = '' OR f.words LIKE $14 ESCAPE '!')
    AND ($15 = '' OR f.words LIKE $15 ESCAPE '!') AND ($16 = '' OR f.words LIKE $16 ESCAPE '!')
ORDER BY f.changed DESC, f.story DESC LIMIT $17;
