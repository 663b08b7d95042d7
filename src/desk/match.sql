-- Translations and what they were made from (match.h).

-- query read(story bigint)
SELECT m.original, m.revision, m.moment, m.person, o.revision, o.state FROM desk_match m
JOIN desk_story s ON s.id = m.story JOIN desk_story o ON o.id = m.original
WHERE m.story = $1 AND o.group_id = s.group_id;

-- run put(story bigint, original bigint, revision bigint, now bigint, person text)
INSERT INTO desk_match (story, original, revision, moment, person) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (story) DO UPDATE SET original = $2, revision = $3, moment = $4, person = $5;

-- query group(group_id bigint)
SELECT id FROM desk_story WHERE group_id = $1 ORDER BY id;
