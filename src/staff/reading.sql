-- ---- Links for readers outside (reading.h).

-- run insert(id bigint, hash text, story bigint, person bigint, name text, now bigint, ends bigint)
INSERT INTO staff_reading (id, hash, story, person, name, created, ends, ended, opened, last)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0);

-- query by_hash(hash text, now bigint)
SELECT r.id, r.story, r.person, r.name, r.created, r.ends, r.ended, r.opened, r.last, p.name, p.role FROM staff_reading r
JOIN staff_person p ON p.id = r.person
WHERE r.hash = $1 AND r.ended = 0 AND r.ends > $2 AND p.state = 'active';

-- query of_story(story bigint, most bigint)
SELECT r.id, r.story, r.person, r.name, r.created, r.ends, r.ended, r.opened, r.last, p.name, p.role FROM staff_reading r
JOIN staff_person p ON p.id = r.person
WHERE r.story = $1 ORDER BY r.id DESC LIMIT $2;

-- query open_count(story bigint, now bigint)
SELECT COUNT(*) FROM staff_reading WHERE story = $1 AND ended = 0 AND ends > $2;

-- run opened(id bigint, now bigint, most bigint)
UPDATE staff_reading SET opened = opened + 1, last = $2 WHERE id = $1 AND ended = 0 AND ends > $2 AND opened < $3;

-- run end(story bigint, id bigint, now bigint)
UPDATE staff_reading SET ended = $3 WHERE story = $1 AND id = $2 AND ended = 0 AND ends > $3;

-- run end_of(person bigint, now bigint)
UPDATE staff_reading SET ended = $2 WHERE person = $1 AND ended = 0;

-- run end_of_story(story bigint, now bigint)
UPDATE staff_reading SET ended = $2 WHERE story = $1 AND ended = 0;

-- run end_all(now bigint)
UPDATE staff_reading SET ended = $1 WHERE ended = 0;

-- run forget(before bigint)
DELETE FROM staff_reading WHERE ends < $1;

-- query names()
SELECT id, name FROM staff_reading ORDER BY id;

-- run rename(id bigint, name text)
UPDATE staff_reading SET name = $2 WHERE id = $1;
