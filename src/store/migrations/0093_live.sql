-- Entries of live stories as the office enters them (desk/live_desk.h): who, under which key of the sender's (an entry
-- that is sent twice is there once), how often changed, and whether it waits for somebody who may publish.
ALTER TABLE desk_live ADD COLUMN person BIGINT NOT NULL DEFAULT 0;
ALTER TABLE desk_live ADD COLUMN sent TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE desk_live ADD COLUMN serial BIGINT NOT NULL DEFAULT 1;
ALTER TABLE desk_live ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX desk_live_sent ON desk_live (story, sent) WHERE sent <> '';
