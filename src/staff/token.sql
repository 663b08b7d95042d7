-- ---- Tokens of the API (api_token.h).

-- run insert(id bigint, hash text, person bigint, name text, scopes text, now bigint, ends bigint)
INSERT INTO staff_token (id, hash, person, name, scopes, created, ends, used) VALUES ($1, $2, $3, $4, $5, $6, $7, 0);

-- query by_hash(hash text, now bigint)
SELECT t.id, t.person, t.name, t.scopes, t.created, t.ends, t.used, p.role, p.email FROM staff_token t
JOIN staff_person p ON p.id = t.person
WHERE t.hash = $1 AND t.ends > $2 AND p.state = 'active';

-- query by_id(id bigint)
SELECT t.id, t.person, t.name, t.scopes, t.created, t.ends, t.used, p.role, p.email FROM staff_token t
JOIN staff_person p ON p.id = t.person WHERE t.id = $1;

-- A person's (0: everybody's), the newest first.
-- query of_person(person bigint)
SELECT t.id, t.person, t.name, t.scopes, t.created, t.ends, t.used, p.role, p.email FROM staff_token t
JOIN staff_person p ON p.id = t.person WHERE $1 = 0 OR t.person = $1 ORDER BY t.id DESC;

-- run used(id bigint, day bigint)
UPDATE staff_token SET used = $2 WHERE id = $1 AND used < $2;

-- run narrow(id bigint, scopes text)
UPDATE staff_token SET scopes = $2 WHERE id = $1;

-- run delete(id bigint)
DELETE FROM staff_token WHERE id = $1;

-- run delete_of(person bigint)
DELETE FROM staff_token WHERE person = $1;

-- run delete_all()
DELETE FROM staff_token;

-- run delete_ended(person bigint, now bigint)
DELETE FROM staff_token WHERE person = $1 AND ends <= $2;
