-- The language in which the office speaks to a person; "" as the browser asks.
ALTER TABLE staff_person ADD COLUMN language TEXT COLLATE "C" NOT NULL DEFAULT '';
