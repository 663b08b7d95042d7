-- ---- People (person.h).

-- run person_insert(id bigint, email text, name text, role text, state text, password text, demo bigint, now bigint)
INSERT INTO staff_person (id, email, name, role, state, password, demo, created)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (email) DO NOTHING;

-- query person_by_id(id bigint)
SELECT id, email, name, role, state, password, demo, created, language FROM staff_person WHERE id = $1;

-- query person_by_email(email text)
SELECT id, email, name, role, state, password, demo, created, language FROM staff_person WHERE email = $1;

-- query people()
SELECT id, email, name, role, state, password, demo, created, language FROM staff_person ORDER BY email;

-- run person_password(id bigint, password text)
UPDATE staff_person SET password = $2, state = 'active' WHERE id = $1 AND state <> 'disabled';

-- run person_language(id bigint, language text)
UPDATE staff_person SET language = $2 WHERE id = $1;

-- run person_role(id bigint, role text)
UPDATE staff_person SET role = $2 WHERE id = $1;

-- run person_disable(id bigint)
UPDATE staff_person SET state = 'disabled', password = '' WHERE id = $1;

-- run person_return(id bigint)
UPDATE staff_person SET state = 'invited' WHERE id = $1 AND state = 'disabled';

-- query any_administrator()
SELECT id FROM staff_person WHERE role = 'administrator' AND state <> 'disabled' LIMIT 1;

-- query administrators()
SELECT count(*) FROM staff_person WHERE role = 'administrator' AND state = 'active';

-- ---- Sessions (session.h).

-- run session_insert(id bigint, hash text, person bigint, level bigint, agent text, now bigint, ends bigint)
INSERT INTO staff_session (id, hash, person, level, agent, created, seen, ends) VALUES ($1, $2, $3, $4, $5, $6, $6, $7);

-- query session_by_hash(hash text, now bigint, idle_since bigint)
SELECT s.id, s.person, s.level, s.agent, s.created, s.seen, s.ends FROM staff_session s
JOIN staff_person p ON p.id = s.person
WHERE s.hash = $1 AND s.ends > $2 AND s.seen > $3 AND p.state = 'active';

-- query sessions_of(person bigint, now bigint, idle_since bigint)
SELECT id, person, level, agent, created, seen, ends FROM staff_session
WHERE person = $1 AND ends > $2 AND seen > $3 ORDER BY id DESC;

-- run session_seen(id bigint, now bigint)
UPDATE staff_session SET seen = $2 WHERE id = $1;

-- run session_end(person bigint, id bigint)
DELETE FROM staff_session WHERE person = $1 AND id = $2;

-- run session_end_of(person bigint)
DELETE FROM staff_session WHERE person = $1;

-- run lock_put(moment bigint)
INSERT INTO staff_lock (id, moment) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET moment = $1;

-- query lock_read()
SELECT moment FROM staff_lock WHERE id = 1;

-- run session_end_all()
DELETE FROM staff_session;

-- ---- The audit log (audit.h).

-- query audit_last()
SELECT number, hash FROM staff_audit ORDER BY number DESC LIMIT 1;

-- run audit_insert(number bigint, moment bigint, person bigint, action text, subject text, detail text, hash text, salt text, seal text)
INSERT INTO staff_audit (number, moment, person, action, subject, detail, hash, salt, seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- run audit_erase(number bigint)
UPDATE staff_audit SET subject = '', detail = '', salt = '', erased = 1 WHERE number = $1;

-- query audit_after(number bigint, most bigint)
SELECT number, moment, person, action, subject, detail, hash, salt, seal, erased FROM staff_audit WHERE number > $1 ORDER BY number LIMIT $2;

-- query audit_before(number bigint, most bigint)
SELECT number, moment, person, action, subject, detail, hash, salt, seal, erased FROM staff_audit WHERE number < $1
ORDER BY number DESC LIMIT $2;

-- ---- One-time links (link.h).

-- run link_insert(id bigint, hash text, purpose text, person bigint, now bigint, ends bigint)
INSERT INTO staff_link (id, hash, purpose, person, created, ends) VALUES ($1, $2, $3, $4, $5, $6);

-- query link_by_hash(hash text, now bigint)
SELECT id, purpose, person, created, ends FROM staff_link WHERE hash = $1 AND ends > $2;

-- query link_made(person bigint, purpose text)
SELECT created FROM staff_link WHERE person = $1 AND purpose = $2;

-- run link_delete(id bigint)
DELETE FROM staff_link WHERE id = $1;

-- run link_end(person bigint, purpose text)
DELETE FROM staff_link WHERE person = $1 AND purpose = $2;

-- run link_end_of(person bigint)
DELETE FROM staff_link WHERE person = $1;

-- ---- Second factors (second.h).

-- query second_read(person bigint)
SELECT nonce, used, since, (SELECT COUNT(*) FROM staff_recovery r WHERE r.person = s.person)
FROM staff_second s WHERE person = $1;

-- run second_put(person bigint, nonce text, used bigint, now bigint)
INSERT INTO staff_second (person, nonce, used, since) VALUES ($1, $2, $3, $4)
ON CONFLICT (person) DO UPDATE SET nonce = $2, used = $3, since = $4;

-- run second_used(person bigint, step bigint)
UPDATE staff_second SET used = $2 WHERE person = $1 AND used < $2;

-- run second_delete(person bigint)
DELETE FROM staff_second WHERE person = $1;

-- run recovery_insert(person bigint, hash text)
INSERT INTO staff_recovery (person, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- run recovery_delete(person bigint, hash text)
DELETE FROM staff_recovery WHERE person = $1 AND hash = $2;

-- run recovery_clear(person bigint)
DELETE FROM staff_recovery WHERE person = $1;
