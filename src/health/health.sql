-- ---- Readers, as totals (readers.h).

-- A number only grows within its hour, so the same totals may come any number of times.
-- run pages_put(hour bigint, source text, language text, kind text, pages bigint)
INSERT INTO health_pages (hour, source, language, kind, pages) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (hour, source, language, kind) DO UPDATE SET pages = excluded.pages WHERE health_pages.pages < excluded.pages;

-- query pages_between(since bigint, until bigint)
SELECT hour, language, kind, CAST(SUM(pages) AS BIGINT) FROM health_pages WHERE hour >= $1 AND hour < $2
GROUP BY hour, language, kind ORDER BY hour, language, kind;

-- run pages_forget(before bigint)
DELETE FROM health_pages WHERE hour < $1;

-- ---- Figures (figure.h).

-- run figure_put(name text, number bigint, taken bigint)
INSERT INTO health_figure (name, number, taken) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET number = excluded.number, taken = excluded.taken;

-- query figure_read(name text)
SELECT number, taken FROM health_figure WHERE name = $1;
