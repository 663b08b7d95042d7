-- Pages of the kind "page" in the order of the foot (page_list.h)

-- query list(language text, most bigint)
SELECT s.id, s.headline, s.state, s.path, s.changed, COALESCE(p.position, 0), COALESCE(p.hidden, 0)
FROM desk_story s LEFT JOIN desk_page_place p ON p.language = s.language AND p.story = s.id
WHERE s.kind = 'page' AND s.language = $1 AND s.state <> 'taken down'
ORDER BY CASE WHEN p.position IS NULL THEN 1 ELSE 0 END, p.position, COALESCE(s.published, 9223372036854775807), s.id
LIMIT $2;

-- query places(language text)
SELECT story, position, hidden FROM desk_page_place WHERE language = $1 ORDER BY position, story;

-- run put(language text, story bigint, position bigint, hidden bigint)
INSERT INTO desk_page_place (language, story, position, hidden) VALUES ($1, $2, $3, $4)
ON CONFLICT (language, story) DO UPDATE SET position = $3, hidden = $4;
