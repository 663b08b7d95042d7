-- Names that a form offers (suggest.h): those of the last months first

-- query authors(language text, month bigint, most bigint)
SELECT a.name FROM desk_author a LEFT JOIN desk_count c ON c.list = 'author/' || a.language || '/' || a.slug AND c.month >= $2
WHERE a.language = $1 GROUP BY a.slug, a.name ORDER BY COALESCE(SUM(c.stories), 0) DESC, a.slug LIMIT $3;

-- query topics(language text, month bigint, most bigint)
SELECT t.name FROM desk_topic t LEFT JOIN desk_count c ON c.list = 'topic/' || t.language || '/' || t.slug AND c.month >= $2
WHERE t.language = $1 GROUP BY t.slug, t.name ORDER BY COALESCE(SUM(c.stories), 0) DESC, t.slug LIMIT $3;
