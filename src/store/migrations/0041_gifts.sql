-- Gifts, the ledger, and what providers told us (docs/fund.md).
CREATE TABLE fund_gift (
    id BIGINT PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL UNIQUE,
    form TEXT COLLATE "C" UNIQUE,
    state BIGINT NOT NULL,
    frequency TEXT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    campaign TEXT NOT NULL,
    language TEXT NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    checkout TEXT NOT NULL,
    link TEXT NOT NULL,
    subscription BIGINT,
    address TEXT COLLATE "C" NOT NULL,
    receipt BIGINT NOT NULL,
    manage TEXT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL
);
CREATE INDEX fund_gift_state ON fund_gift (state, id);
CREATE INDEX fund_gift_address ON fund_gift (address, id);

-- Append-only. One row for each thing of the provider that moves money.
CREATE TABLE fund_ledger (
    id BIGINT PRIMARY KEY,
    gift BIGINT,
    kind TEXT NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    object TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    entered BIGINT NOT NULL,
    UNIQUE (provider, object)
);
CREATE INDEX fund_ledger_gift ON fund_ledger (gift);

CREATE TABLE fund_subscription (
    id BIGINT PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL UNIQUE,
    provider TEXT COLLATE "C" NOT NULL,
    object TEXT COLLATE "C" NOT NULL,
    gift BIGINT NOT NULL,
    status BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    paid_until BIGINT NOT NULL,
    UNIQUE (provider, object)
);
CREATE INDEX fund_subscription_gift ON fund_subscription (gift);

CREATE TABLE fund_inbox (
    provider TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    object TEXT NOT NULL,
    body BYTEA NOT NULL,
    received BIGINT NOT NULL,
    applied BIGINT,
    PRIMARY KEY (provider, event)
);
CREATE INDEX fund_inbox_waiting ON fund_inbox (applied, received);

-- What we ask of a provider, written before it is sent.
CREATE TABLE fund_request (
    id TEXT COLLATE "C" PRIMARY KEY,
    gift BIGINT NOT NULL,
    step TEXT NOT NULL,
    body TEXT NOT NULL,
    written BIGINT NOT NULL,
    answered BIGINT
);
CREATE INDEX fund_request_gift ON fund_request (gift, step);

-- The provider `practice`: its own books, which no other part reads.
CREATE TABLE fund_practice_checkout (
    id TEXT COLLATE "C" PRIMARY KEY,
    request TEXT COLLATE "C" NOT NULL UNIQUE,
    gift TEXT NOT NULL,
    frequency TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    state TEXT NOT NULL,
    address TEXT NOT NULL,
    status TEXT NOT NULL,
    paid_until BIGINT NOT NULL,
    events BIGINT NOT NULL,
    changed BIGINT NOT NULL
);
CREATE TABLE fund_practice_charge (
    checkout TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    PRIMARY KEY (checkout, number)
);

CREATE TABLE fund_reminder (
    id BIGINT PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL UNIQUE,
    address TEXT COLLATE "C" NOT NULL,
    language TEXT NOT NULL,
    due BIGINT NOT NULL,
    stop TEXT NOT NULL,
    created BIGINT NOT NULL,
    confirmed BIGINT NOT NULL
);
CREATE INDEX fund_reminder_address ON fund_reminder (address, created);
