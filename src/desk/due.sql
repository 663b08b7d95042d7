-- What is due (due.h)

-- query scheduled(until bigint, most bigint)
SELECT id, headline, visible_from FROM desk_story WHERE state = 'scheduled' AND visible_from < $1
ORDER BY visible_from, id LIMIT $2;

-- query embargoes(now bigint, until bigint, most bigint)
SELECT id, headline, embargo FROM desk_story WHERE embargo > 0 AND embargo > $1 AND embargo < $2
ORDER BY embargo, id LIMIT $3;

-- query tasks(person bigint, most bigint)
SELECT s.id, s.headline, t.due FROM desk_task t JOIN desk_story s ON s.id = t.story
WHERE t.assignee <> 0 AND t.assignee = $1 AND s.state IN ('draft', 'in edit', 'ready')
ORDER BY CASE WHEN t.due = 0 THEN 1 ELSE 0 END, t.due, s.id LIMIT $2;

-- query overdue(now bigint, person bigint, most bigint)
SELECT s.id, s.headline, t.due, t.assignee FROM desk_task t JOIN desk_story s ON s.id = t.story
WHERE t.due <> 0 AND t.due < $1 AND t.assignee <> $2 AND s.state IN ('draft', 'in edit', 'ready')
ORDER BY t.due, s.id LIMIT $3;

-- query licences(now bigint, until bigint, most bigint)
SELECT id, caption, licence_until FROM desk_media WHERE licence_until > 0 AND licence_until > $1 AND licence_until < $2
ORDER BY licence_until, id LIMIT $3;
