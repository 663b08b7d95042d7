-- Two addresses that differ in capital letters only would lie over one another where names have no case (desk/story_path.c).
-- Of ASCII letters: what lower() does alike on both engines.
CREATE INDEX desk_path_lower ON desk_path (lower(path));
