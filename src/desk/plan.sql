-- What the calendar shows (plan.h). Each gives id, title, language, moment, embargo, who has its task.

-- query out(list text, since bigint, until bigint, most bigint)
SELECT s.id, s.headline, s.language, l.visible_from, s.embargo, COALESCE(t.assignee, 0) FROM desk_listed l
JOIN desk_story s ON s.id = l.story LEFT JOIN desk_task t ON t.story = s.id
WHERE l.list = $1 AND l.visible_from >= $2 AND l.visible_from < $3
ORDER BY l.visible_from, l.story LIMIT $4;

-- query due(since bigint, until bigint, language text, section text, most bigint)
SELECT s.id, s.headline, s.language, t.due, s.embargo, t.assignee FROM desk_task t
JOIN desk_story s ON s.id = t.story
WHERE t.due <> 0 AND t.due >= $1 AND t.due < $2 AND s.state IN ('draft', 'in edit', 'ready')
    AND s.language = $3 AND ($4 = '' OR s.section = $4)
ORDER BY t.due, s.id LIMIT $5;

-- query embargoes(since bigint, until bigint, language text, section text, most bigint)
SELECT s.id, s.headline, s.language, s.embargo, s.embargo, COALESCE(t.assignee, 0) FROM desk_story s
LEFT JOIN desk_task t ON t.story = s.id
WHERE s.embargo > 0 AND s.embargo >= $1 AND s.embargo < $2 AND s.language = $3 AND ($4 = '' OR s.section = $4)
ORDER BY s.embargo, s.id LIMIT $5;

-- A section held on the front has no story.
-- query holds(since bigint, until bigint, language text, section text)
SELECT COALESCE(s.id, 0), COALESCE(s.headline, f.section, ''), f.language, f.until, COALESCE(s.embargo, 0),
    COALESCE(t.assignee, 0)
FROM desk_front f LEFT JOIN desk_story s ON s.id = f.story LEFT JOIN desk_task t ON t.story = s.id
WHERE f.language = $3 AND f.until >= $1 AND f.until < $2
    AND ($4 = '' OR COALESCE(s.section, f.section) = $4)
ORDER BY f.until, f.slot;
