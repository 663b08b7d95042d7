-- Theme files while they are being changed (theme_draft.h)

-- query read(person bigint, file text)
SELECT seen, body, changed FROM desk_theme_draft WHERE person = $1 AND file = $2;

-- query files(person bigint, most bigint)
SELECT file FROM desk_theme_draft WHERE person = $1 ORDER BY file LIMIT $2;

-- run put(person bigint, file text, seen text, body text, changed bigint)
INSERT INTO desk_theme_draft (person, file, seen, body, changed) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (person, file) DO UPDATE SET seen = excluded.seen, body = excluded.body, changed = excluded.changed;

-- run drop(person bigint, file text)
DELETE FROM desk_theme_draft WHERE person = $1 AND file = $2;
