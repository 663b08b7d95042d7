-- Whose a picture is, when it was taken, and its words as they are searched (desk/media.h).
ALTER TABLE desk_media ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_media ADD COLUMN taken TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE desk_media ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE desk_media SET folded = lower(caption || ' ' || photographer || ' ' || agency || ' ' || alt || ' ' || licence);
CREATE INDEX desk_media_licence ON desk_media (licence_until) WHERE licence_until > 0;
