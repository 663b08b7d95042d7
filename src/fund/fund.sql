-- query campaign_by_name(name text, language text)
SELECT id, heading, call, amounts, minimum, danger, share, letter, starts, ends, standing
FROM fund_campaign WHERE name = $1 AND language = $2;

-- query campaign_any(language text)
SELECT 1 FROM fund_campaign WHERE language = $1 LIMIT 1;

-- The one that runs: of those that have begun and not ended, the one that began last.
-- query campaign_running(language text, now bigint)
SELECT name, heading, call, amounts, minimum, danger, share, letter, starts, ends, standing
FROM fund_campaign WHERE language = $1 AND starts <= $2 AND (ends IS NULL OR ends > $2)
ORDER BY starts DESC, id DESC LIMIT 1;

-- query campaign_standing(language text)
SELECT name, heading, call, amounts, minimum, danger, share, letter, starts, ends, standing
FROM fund_campaign WHERE language = $1 AND standing = 1 LIMIT 1;

-- query campaigns()
SELECT name, language, heading, starts, ends, standing FROM fund_campaign ORDER BY language, starts DESC, id;

-- A campaign that runs and warns nobody.
-- query campaign_without_danger(now bigint)
SELECT name, language FROM fund_campaign
WHERE starts <= $1 AND (ends IS NULL OR ends > $1) AND danger = '' ORDER BY language, name LIMIT 1;

-- run campaign_insert(id bigint, name text, language text, heading text, call text, amounts text, minimum text, danger text, share text, letter text, starts bigint, ends bigint?, standing bigint)
INSERT INTO fund_campaign (id, name, language, heading, call, amounts, minimum, danger, share, letter, starts, ends,
    standing)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- run campaign_update(id bigint, heading text, call text, amounts text, minimum text, danger text, share text, letter text, starts bigint, ends bigint?, standing bigint)
UPDATE fund_campaign SET heading = $2, call = $3, amounts = $4, minimum = $5, danger = $6, share = $7, letter = $8,
    starts = $9, ends = $10, standing = $11
WHERE id = $1;

-- run campaign_unmark_standing(language text)
UPDATE fund_campaign SET standing = 0 WHERE language = $1;
