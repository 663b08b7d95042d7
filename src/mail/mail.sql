-- query newsletter_by_name(name text)
SELECT name, language, heading, description, schedule, sender, id FROM mail_newsletter WHERE name = $1;

-- query newsletters()
SELECT name, language, heading, description, schedule, sender FROM mail_newsletter ORDER BY language, id;

-- The one offered on pages of a language: the first one set.
-- query newsletter_of_language(language text)
SELECT name, language, heading, description, schedule, sender FROM mail_newsletter WHERE language = $1
ORDER BY id LIMIT 1;

-- run newsletter_insert(id bigint, name text, language text, heading text, description text, schedule text, sender text)
INSERT INTO mail_newsletter (id, name, language, heading, description, schedule, sender)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- run newsletter_update(id bigint, language text, heading text, description text, schedule text, sender text)
UPDATE mail_newsletter SET language = $2, heading = $3, description = $4, schedule = $5, sender = $6 WHERE id = $1;
