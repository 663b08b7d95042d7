-- ---- Newsletters (newsletter.h).

-- query newsletter_by_name(name text)
SELECT name, language, heading, description, schedule, sender, sending, id, due FROM mail_newsletter WHERE name = $1;

-- query newsletters()
SELECT name, language, heading, description, schedule, sender, sending, id, due FROM mail_newsletter
ORDER BY language, id;

-- The one offered on pages of a language: the first one set.
-- query newsletter_of_language(language text)
SELECT name, language, heading, description, schedule, sender, sending, id, due FROM mail_newsletter WHERE language = $1
ORDER BY id LIMIT 1;

-- run newsletter_insert(id bigint, name text, language text, heading text, description text, schedule text, sender text, sending text)
INSERT INTO mail_newsletter (id, name, language, heading, description, schedule, sender, sending, due)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0);

-- run newsletter_update(id bigint, language text, heading text, description text, schedule text, sender text, sending text)
UPDATE mail_newsletter SET language = $2, heading = $3, description = $4, schedule = $5, sender = $6, sending = $7
WHERE id = $1;

-- run newsletter_due(id bigint, due bigint)
UPDATE mail_newsletter SET due = $2 WHERE id = $1;

-- ---- Subscribers (subscriber.h). States: 1 pending, 2 confirmed, 3 unsubscribed.

-- query subscriber_by_mark(newsletter bigint, mark text)
SELECT id, state, requests FROM mail_subscriber WHERE newsletter = $1 AND mark = $2;

-- query subscriber_by_id(id bigint)
SELECT s.id, s.newsletter, n.name, n.language, s.mark, s.address, s.state, s.source, s.consent, s.policy, s.requested,
    s.confirmed, s.ended FROM mail_subscriber s JOIN mail_newsletter n ON n.id = s.newsletter WHERE s.id = $1;

-- query subscribers_of_mark(mark text, after bigint, most bigint)
SELECT s.id, s.newsletter, n.name, n.language, s.mark, s.address, s.state, s.source, s.consent, s.policy, s.requested,
    s.confirmed, s.ended FROM mail_subscriber s JOIN mail_newsletter n ON n.id = s.newsletter
WHERE s.mark = $1 AND s.id > $2 ORDER BY s.id LIMIT $3;

-- query subscribers_after(newsletter bigint, after bigint, most bigint)
SELECT s.id, s.newsletter, n.name, n.language, s.mark, s.address, s.state, s.source, s.consent, s.policy, s.requested,
    s.confirmed, s.ended FROM mail_subscriber s JOIN mail_newsletter n ON n.id = s.newsletter
WHERE (s.newsletter = $1 OR $1 = 0) AND s.id > $2 ORDER BY s.id LIMIT $3;

-- query subscriber_counts(newsletter bigint)
SELECT state, count(*) FROM mail_subscriber WHERE newsletter = $1 GROUP BY state ORDER BY state;

-- A request is counted from the form; one by the staff has none.
-- run subscriber_insert(id bigint, newsletter bigint, mark text, address text, state bigint, source text, consent text, policy text, requested bigint, confirmed bigint)
INSERT INTO mail_subscriber (id, newsletter, mark, address, state, source, consent, policy, requests, requested,
    confirmed, ended)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, 0);

-- Who is confirmed stays it, with the address and consent given then.
-- run subscriber_again(id bigint, address text, consent text, policy text, now bigint)
UPDATE mail_subscriber SET requests = requests + 1,
    address = CASE WHEN state = 2 THEN address ELSE $2 END,
    consent = CASE WHEN state = 2 THEN consent ELSE $3 END,
    policy = CASE WHEN state = 2 THEN policy ELSE $4 END,
    source = CASE WHEN state = 2 THEN source ELSE 'form' END,
    requested = CASE WHEN state = 2 THEN requested ELSE $5 END,
    state = CASE WHEN state = 2 THEN 2 ELSE 1 END
WHERE id = $1;

-- run subscriber_confirm(id bigint, now bigint)
UPDATE mail_subscriber SET state = 2, confirmed = $2, ended = 0 WHERE id = $1 AND state <> 2;

-- The mark is enough to know the address again.
-- run subscriber_end(id bigint, now bigint)
UPDATE mail_subscriber SET state = 3, ended = $2, address = '' WHERE id = $1 AND state <> 3;

-- run subscriber_erase(mark text)
DELETE FROM mail_subscriber WHERE mark = $1;

-- run subscriber_forget(id bigint)
DELETE FROM mail_subscriber WHERE id = $1 AND state = 1;

-- query subscriber_wanted(id bigint)
SELECT s.id FROM mail_subscriber s WHERE s.id = $1 AND s.state = 2
    AND NOT EXISTS (SELECT 1 FROM mail_suppression x WHERE x.mark = s.mark AND x.newsletter IN (0, s.newsletter));

-- Those who are to get an issue, in parts; reason 0: nothing suppresses them.
-- query audience(newsletter bigint, after bigint, last bigint, most bigint)
SELECT s.id, s.mark, s.address, coalesce((SELECT max(x.reason) FROM mail_suppression x
    WHERE x.mark = s.mark AND x.newsletter IN (0, s.newsletter)), 0)
FROM mail_subscriber s WHERE s.newsletter = $1 AND s.state = 2 AND s.id > $2 AND s.id <= $3 ORDER BY s.id LIMIT $4;

-- query subscriber_last(newsletter bigint)
SELECT id FROM mail_subscriber WHERE newsletter = $1 AND state = 2 ORDER BY id DESC LIMIT 1;

-- run suppression_put(mark text, newsletter bigint, reason bigint, now bigint)
INSERT INTO mail_suppression (mark, newsletter, reason, created) VALUES ($1, $2, $3, $4)
ON CONFLICT (mark, newsletter) DO UPDATE SET reason = excluded.reason, created = excluded.created
WHERE excluded.reason > mail_suppression.reason;

-- query suppression_read(mark text, newsletter bigint)
SELECT reason FROM mail_suppression WHERE mark = $1 AND newsletter IN (0, $2) ORDER BY reason DESC LIMIT 1;

-- run suppression_lift(mark text, newsletter bigint)
DELETE FROM mail_suppression WHERE mark = $1 AND newsletter IN (0, $2);

-- Who is erased must not come back by an import.
-- run suppression_of_erased(mark text, now bigint)
INSERT INTO mail_suppression (mark, newsletter, reason, created)
SELECT s.mark, s.newsletter, 3, $2 FROM mail_subscriber s WHERE s.mark = $1
ON CONFLICT (mark, newsletter) DO NOTHING;

-- run consent_put(hash text, language text, wording text, now bigint)
INSERT INTO mail_consent (hash, language, wording, first_used) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING;

-- ---- Issues (issue.h). States: 1 draft, 2 frozen, 3 sending, 4 sent.

-- query issue_by_id(id bigint)
SELECT i.id, i.newsletter, i.number, n.name, n.language, i.state, i.code, i.subject, i.content, i.covers_from,
    i.covers_until, i.created, i.frozen, i.finished, i.html, i.plain
FROM mail_issue i JOIN mail_newsletter n ON n.id = i.newsletter WHERE i.id = $1;

-- query issue_of_number(newsletter bigint, number bigint)
SELECT i.id, i.newsletter, i.number, n.name, n.language, i.state, i.code, i.subject, i.content, i.covers_from,
    i.covers_until, i.created, i.frozen, i.finished
FROM mail_issue i JOIN mail_newsletter n ON n.id = i.newsletter
WHERE i.newsletter = $1 AND i.number = $2 AND i.state >= 2;

-- In a state or a later one, newest first.
-- query issues(newsletter bigint, state bigint, most bigint)
SELECT i.id, i.newsletter, i.number, n.name, n.language, i.state, i.code, i.subject, i.content, i.covers_from,
    i.covers_until, i.created, i.frozen, i.finished
FROM mail_issue i JOIN mail_newsletter n ON n.id = i.newsletter
WHERE (i.newsletter = $1 OR $1 = 0) AND i.state >= $2 ORDER BY i.number DESC, i.id DESC LIMIT $3;

-- run issue_insert(id bigint, newsletter bigint, number bigint, code text, subject text, content text, covers_from bigint, now bigint)
INSERT INTO mail_issue (id, newsletter, number, state, code, subject, content, html, plain, covers_from, covers_until,
    created, frozen, finished, cursor_subscriber, last_subscriber)
VALUES ($1, $2, $3, 1, $4, $5, $6, '', '', $7, $8, $8, 0, 0, 0, 0);

-- run issue_redraft(id bigint, subject text, content text, covers_from bigint, now bigint)
UPDATE mail_issue SET subject = $2, content = $3, covers_from = $4, covers_until = $5 WHERE id = $1 AND state = 1;

-- run issue_freeze(id bigint, html text, plain text, now bigint, last bigint)
UPDATE mail_issue SET state = 2, html = $2, plain = $3, frozen = $4, last_subscriber = $5 WHERE id = $1 AND state = 1;

-- HTML and text are made anew when they are needed (issue_text.c).
-- run issue_rewrite(id bigint, subject text, content text)
UPDATE mail_issue SET subject = $2, content = $3, html = '', plain = '' WHERE id = $1;

-- query issue_cursor(id bigint)
SELECT newsletter, cursor_subscriber, last_subscriber FROM mail_issue WHERE id = $1 AND state = 2;

-- run issue_advance(id bigint, cursor bigint)
UPDATE mail_issue SET cursor_subscriber = $2 WHERE id = $1 AND state = 2;

-- run issue_started(id bigint)
UPDATE mail_issue SET state = 3 WHERE id = $1 AND state = 2;

-- run issue_reopen(id bigint)
UPDATE mail_issue SET state = 3, finished = 0 WHERE id = $1 AND state = 4;

-- run issues_finish(now bigint)
UPDATE mail_issue SET state = 4, finished = $1 WHERE state = 3
    AND NOT EXISTS (SELECT 1 FROM mail_delivery d WHERE d.issue = mail_issue.id AND d.state IN (1, 2, 5));
-- ---- The journal (delivery.h). States: 1 ready, 2 attempting, 3 accepted, 4 rejected, 5 deferred, 6 uncertain,
-- 7 excluded.

-- run delivery_insert(id bigint, message_id text, kind text, bulk bigint, issue bigint, subscriber bigint, mark text, address text, language text, content text, state bigint, due bigint?, now bigint, status text)
INSERT INTO mail_delivery (id, message_id, kind, bulk, issue, subscriber, mark, address, language, content, state,
    attempts, due, created, changed, status)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $13, $14) ON CONFLICT (message_id) DO NOTHING;

-- query lease_read()
SELECT fence, until FROM mail_lease WHERE id = 1;

-- run lease_put(fence bigint, until bigint)
INSERT INTO mail_lease (id, fence, until) VALUES (1, $1, $2)
ON CONFLICT (id) DO UPDATE SET fence = excluded.fence, until = excluded.until;

-- run lease_extend(fence bigint, until bigint)
UPDATE mail_lease SET until = $2 WHERE id = 1 AND fence = $1;

-- run delivery_lost(now bigint, status text)
UPDATE mail_delivery SET state = 6, changed = $1, status = $2 WHERE state = 2;

-- query delivery_due(bulk bigint, now bigint, most bigint)
SELECT id, message_id, kind, bulk, issue, subscriber, mark, address, language, content, state, attempts, created,
    changed, status FROM mail_delivery WHERE bulk = $1 AND due <= $2 ORDER BY due, id LIMIT $3;

-- query delivery_first_due(bulk bigint)
SELECT due FROM mail_delivery WHERE bulk = $1 AND due IS NOT NULL ORDER BY due, id LIMIT 1;

-- run delivery_attempt(id bigint, now bigint)
UPDATE mail_delivery SET state = 2, due = NULL, attempts = attempts + 1, changed = $2 WHERE id = $1;

-- run delivery_wait(id bigint, state bigint, due bigint, now bigint, status text)
UPDATE mail_delivery SET state = $2, due = $3, changed = $4, status = $5 WHERE id = $1 AND state IN (2, 6);

-- What it was filled with is nobody's business any more, nor is who got a letter, or has left; one that is uncertain
-- may have to be sent again.
-- run delivery_end(id bigint, state bigint, now bigint, status text)
UPDATE mail_delivery SET state = $2, due = NULL, content = CASE WHEN $2 = 6 THEN content ELSE '' END,
    address = CASE WHEN $2 = 7 OR (bulk = 0 AND $2 <> 6) THEN '' ELSE address END, changed = $3, status = $4
WHERE id = $1 AND state IN (2, 6);

-- query uncertain_count(issue bigint)
SELECT count(*) FROM mail_delivery WHERE issue = $1 AND state = 6;

-- run uncertain_end(id bigint, state bigint, now bigint, status text)
UPDATE mail_delivery SET state = $2, content = '', address = CASE WHEN bulk = 0 THEN '' ELSE address END, changed = $3,
    status = $4 WHERE id = $1 AND state = 6;

-- As new: a person's decision is not given up for being old.
-- run uncertain_again(id bigint, now bigint, status text)
UPDATE mail_delivery SET state = 1, due = $2, attempts = 0, created = $2, changed = $2, status = $3
WHERE id = $1 AND state = 6;

-- query delivery_counts(issue bigint)
SELECT state, count(*) FROM mail_delivery WHERE bulk = 1 AND issue = $1 GROUP BY state ORDER BY state;

-- Is anything of an issue still under way?
-- query delivery_open(issue bigint)
SELECT id FROM mail_delivery WHERE bulk = 1 AND issue = $1 AND state IN (1, 2, 5) LIMIT 1;

-- All letters of an issue, left or not, in parts.
-- query delivery_letters(issue bigint, after bigint, most bigint)
SELECT id, message_id, created FROM mail_delivery WHERE bulk = 1 AND issue = $1 AND id > $2 ORDER BY id LIMIT $3;

-- query delivery_since(mark text, kind text, since bigint)
SELECT count(*) FROM mail_delivery WHERE mark = $1 AND kind = $2 AND created > $3;

-- query delivery_since_about(mark text, kind text, subscriber bigint, since bigint)
SELECT count(*) FROM mail_delivery WHERE mark = $1 AND kind = $2 AND subscriber = $3 AND created > $4;

-- query delivery_in_state(issue bigint, state bigint, after bigint, most bigint)
SELECT id, message_id, kind, bulk, issue, subscriber, mark, address, language, content, state, attempts, created,
    changed, status FROM mail_delivery WHERE issue = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4;

-- run delivery_forget(mark text, now bigint)
UPDATE mail_delivery SET state = 7, due = NULL, changed = $2, status = 'erased' WHERE mark = $1 AND state IN (1, 5);

-- Who has left a newsletter, in the issues of the past.
-- run delivery_left(mark text, subscriber bigint)
UPDATE mail_delivery SET address = '' WHERE mark = $1 AND subscriber = $2 AND state IN (3, 4, 6, 7);

-- run delivery_empty(mark text)
UPDATE mail_delivery SET address = '', content = '' WHERE mark = $1;
