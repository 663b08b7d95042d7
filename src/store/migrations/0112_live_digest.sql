-- A mark of the texts that an entry of a live story was sent with under its key (desk/live.h): the same key with others is
-- another entry. Empty where that is not known: entries of before, and those that something was taken out of, whose mark
-- would tell what.
ALTER TABLE desk_live ADD COLUMN digest TEXT COLLATE "C" NOT NULL DEFAULT '';
