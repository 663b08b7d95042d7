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

-- The one on old pages: the marked one once it has begun, until then the first that was set and has.
-- query campaign_standing(language text, now bigint)
SELECT name, heading, call, amounts, minimum, danger, share, letter, starts, ends, standing
FROM fund_campaign WHERE language = $1 AND starts <= $2 ORDER BY standing DESC, id LIMIT 1;

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

-- query gift_by_code(code text)
SELECT id, code, form, state, frequency, currency, amount, campaign, language, provider, checkout, link, subscription,
    address, receipt, created, changed, manage FROM fund_gift WHERE code = $1;

-- query gift_by_id(id bigint)
SELECT id, code, form, state, frequency, currency, amount, campaign, language, provider, checkout, link, subscription,
    address, receipt, created, changed, manage FROM fund_gift WHERE id = $1;

-- query gift_by_form(form text)
SELECT id, code, form, state, frequency, currency, amount, campaign, language, provider, checkout, link, subscription,
    address, receipt, created, changed, manage FROM fund_gift WHERE form = $1;

-- query gifts(most bigint)
SELECT id, code, form, state, frequency, currency, amount, campaign, language, provider, checkout, link, subscription,
    address, receipt, created, changed, manage FROM fund_gift ORDER BY id DESC LIMIT $1;

-- query gifts_in_state(state bigint, most bigint)
SELECT id, code, form, state, frequency, currency, amount, campaign, language, provider, checkout, link, subscription,
    address, receipt, created, changed, manage FROM fund_gift WHERE state = $1 ORDER BY id DESC LIMIT $2;

-- query gifts_of_address(address text, most bigint)
SELECT id, code, form, state, frequency, currency, amount, campaign, language, provider, checkout, link, subscription,
    address, receipt, created, changed, manage FROM fund_gift WHERE address = $1 ORDER BY id DESC LIMIT $2;

-- Settled, with an address, and no receipt enqueued: the gift itself and the renewals of its subscription.
-- query gifts_without_receipt(id bigint, subscription bigint)
SELECT id, code, form, state, frequency, currency, amount, campaign, language, provider, checkout, link, subscription,
    address, receipt, created, changed, manage FROM fund_gift
WHERE (id = $1 OR subscription = $2) AND state = 4 AND receipt = 0 AND address <> '' ORDER BY id LIMIT 100;

-- run gift_insert(id bigint, code text, form text, state bigint, frequency text, currency text, amount bigint, campaign text, language text, provider text, checkout text, link text, subscription bigint?, address text, receipt bigint, created bigint, changed bigint, manage text)
INSERT INTO fund_gift (id, code, form, state, frequency, currency, amount, campaign, language, provider, checkout, link,
    subscription, address, receipt, created, changed, manage)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- Only upwards.
-- run gift_raise(id bigint, state bigint, now bigint)
UPDATE fund_gift SET state = $2, changed = $3 WHERE id = $1 AND state < $2;

-- run gift_set_address(id bigint, address text)
UPDATE fund_gift SET address = $2 WHERE id = $1 AND address = '';

-- run gift_set_manage(id bigint, manage text)
UPDATE fund_gift SET manage = $2 WHERE id = $1;

-- run gift_receipt(id bigint)
UPDATE fund_gift SET receipt = 1 WHERE id = $1;

-- run gift_begun(id bigint, checkout text, link text)
UPDATE fund_gift SET checkout = $2, link = $3 WHERE id = $1;

-- Intended or pending since before a moment.
-- query gifts_open(before bigint, most bigint)
SELECT id, provider, checkout, state FROM fund_gift WHERE state <= 1 AND created <= $1 ORDER BY state, id LIMIT $2;

-- query ledger_find(provider text, object text)
SELECT id, gift FROM fund_ledger WHERE provider = $1 AND object = $2;

-- run ledger_enter(id bigint, gift bigint?, kind text, provider text, object text, currency text, amount bigint, moment bigint, entered bigint)
INSERT INTO fund_ledger (id, gift, kind, provider, object, currency, amount, moment, entered)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (provider, object) DO NOTHING;

-- query ledger_charge(gift bigint)
SELECT object FROM fund_ledger WHERE gift = $1 AND kind = 'charge' ORDER BY id LIMIT 1;

-- query ledger_totals()
SELECT l.currency, g.frequency, CAST(SUM(CASE WHEN l.kind = 'charge' THEN 1 ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN l.kind = 'charge' THEN l.amount ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN l.kind = 'charge' THEN 0 ELSE l.amount END) AS BIGINT)
FROM fund_ledger l JOIN fund_gift g ON g.id = l.gift WHERE g.state = 4
GROUP BY l.currency, g.frequency ORDER BY l.currency, g.frequency;

-- query subscription_by_code(code text)
SELECT id, code, provider, object, gift, status, moment, paid_until FROM fund_subscription WHERE code = $1;

-- query subscription_by_object(provider text, object text)
SELECT id, code, provider, object, gift, status, moment, paid_until FROM fund_subscription
WHERE provider = $1 AND object = $2;

-- query subscription_of_gift(gift bigint)
SELECT s.id, s.code, s.provider, s.object, s.gift, s.status, s.moment, s.paid_until FROM fund_subscription s
WHERE s.gift = $1 OR s.id = (SELECT subscription FROM fund_gift WHERE id = $1);

-- query subscription_counts()
SELECT status, COUNT(*) FROM fund_subscription GROUP BY status ORDER BY status;

-- run subscription_insert(id bigint, code text, provider text, object text, gift bigint, status bigint, moment bigint, paid_until bigint)
INSERT INTO fund_subscription (id, code, provider, object, gift, status, moment, paid_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- run subscription_update(id bigint, status bigint, moment bigint, paid_until bigint)
UPDATE fund_subscription SET status = $2, moment = $3, paid_until = $4 WHERE id = $1;

-- run inbox_put(provider text, event text, object text, body bytes, received bigint)
INSERT INTO fund_inbox (provider, event, object, body, received) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (provider, event) DO NOTHING;

-- query inbox_read(provider text, event text)
SELECT object, applied FROM fund_inbox WHERE provider = $1 AND event = $2;

-- run inbox_applied(provider text, event text, now bigint)
UPDATE fund_inbox SET applied = $3 WHERE provider = $1 AND event = $2 AND applied IS NULL;

-- query inbox_waiting(most bigint)
SELECT provider, event FROM fund_inbox WHERE applied IS NULL ORDER BY received, provider, event LIMIT $1;

-- run request_write(id text, gift bigint, step text, body text, written bigint)
INSERT INTO fund_request (id, gift, step, body, written) VALUES ($1, $2, $3, $4, $5);

-- query request_read(id text)
SELECT r.gift, r.step, r.body, r.answered, g.provider FROM fund_request r JOIN fund_gift g ON g.id = r.gift
WHERE r.id = $1;

-- query request_of_gift(gift bigint, step text)
SELECT id FROM fund_request WHERE gift = $1 AND step = $2 LIMIT 1;

-- query requests_open(most bigint)
SELECT id FROM fund_request WHERE answered IS NULL ORDER BY written, id LIMIT $1;

-- run request_answered(id text, now bigint)
UPDATE fund_request SET answered = $2 WHERE id = $1 AND answered IS NULL;

-- run practice_open(id text, request text, gift text, frequency text, currency text, amount bigint, now bigint)
INSERT INTO fund_practice_checkout (id, request, gift, frequency, currency, amount, state, address, status, paid_until,
    events, changed)
VALUES ($1, $2, $3, $4, $5, $6, 'open', '', '', 0, 0, $7) ON CONFLICT (request) DO NOTHING;

-- query practice_read(id text)
SELECT gift, frequency, currency, amount, state, address, status, paid_until, events, changed
FROM fund_practice_checkout WHERE id = $1;

-- run practice_change(id text, state text, address text, status text, paid_until bigint, events bigint, now bigint)
UPDATE fund_practice_checkout SET state = $2, address = $3, status = $4, paid_until = $5, events = $6, changed = $7
WHERE id = $1;

-- run practice_charge(checkout text, number bigint, moment bigint)
INSERT INTO fund_practice_charge (checkout, number, moment, refunded) VALUES ($1, $2, $3, 0);

-- query practice_charges(checkout text)
SELECT number, moment, refunded FROM fund_practice_charge WHERE checkout = $1 ORDER BY number;

-- query practice_count(checkout text)
SELECT COUNT(*) FROM fund_practice_charge WHERE checkout = $1;

-- run practice_refund(checkout text, number bigint, now bigint)
UPDATE fund_practice_charge SET refunded = $3 WHERE checkout = $1 AND number = $2 AND refunded = 0;

-- run reminder_insert(id bigint, code text, address text, language text, due bigint, created bigint, stop text)
INSERT INTO fund_reminder (id, code, address, language, due, created, confirmed, stop)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7);

-- query reminder_read(code text)
SELECT address, language, due, confirmed, stop FROM fund_reminder WHERE code = $1;

-- How many were asked for an address since a moment.
-- query reminder_count(address text, since bigint)
SELECT COUNT(*) FROM fund_reminder WHERE address = $1 AND created > $2;

-- run reminder_confirm(code text)
UPDATE fund_reminder SET confirmed = 1 WHERE code = $1;

-- run reminder_erase(code text)
DELETE FROM fund_reminder WHERE code = $1;

-- run reminder_forget(code text)
DELETE FROM fund_reminder WHERE code = $1 AND confirmed = 0;
