-- Campaigns: what the paper asks its readers for, and in which words.
CREATE TABLE fund_campaign (
    id BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    heading TEXT NOT NULL,
    call TEXT NOT NULL,
    amounts TEXT NOT NULL,
    minimum TEXT NOT NULL,
    danger TEXT NOT NULL,
    share TEXT NOT NULL,
    letter TEXT NOT NULL,
    starts BIGINT NOT NULL,
    ends BIGINT,
    standing BIGINT NOT NULL,
    UNIQUE (name, language)
);
CREATE INDEX fund_campaign_running ON fund_campaign (language, starts DESC, id DESC);
