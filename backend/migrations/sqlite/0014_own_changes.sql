-- What each account changed last in a programme, by the revisions of the lines before and after, so that it can be undone. A line
-- that was new had no revision before.
CREATE TABLE own_changes (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'removed', 'moved', 'copied')),
    standing TEXT NOT NULL CHECK (standing IN ('done', 'undone')),
    made_at TEXT NOT NULL,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, account_id, visit_id, number),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
) STRICT;
CREATE TABLE own_change_lines (
    office_id BLOB NOT NULL REFERENCES offices (id),
    change_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    before_revision INTEGER,
    after_revision INTEGER NOT NULL,
    PRIMARY KEY (office_id, change_id, item_id),
    FOREIGN KEY (office_id, change_id) REFERENCES own_changes (office_id, id),
    FOREIGN KEY (office_id, item_id) REFERENCES items (office_id, id)
) STRICT;
