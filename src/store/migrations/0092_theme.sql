-- Theme files as somebody has changed them and looked at them, before they are the newspaper's (desk/theme_draft.h).
CREATE TABLE desk_theme_draft (
    person BIGINT NOT NULL,
    file TEXT COLLATE "C" NOT NULL,
    seen TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (person, file)
);
