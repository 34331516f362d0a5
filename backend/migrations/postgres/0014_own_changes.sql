-- What each account changed last in a programme, by the revisions of the lines before and after, so that it can be undone. A line
-- that was new had no revision before.
CREATE TABLE own_changes (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    visit_id UUID NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'removed', 'moved', 'copied')),
    standing TEXT NOT NULL CHECK (standing IN ('done', 'undone')),
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, account_id, visit_id, number),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
);
CREATE TABLE own_change_lines (
    office_id UUID NOT NULL REFERENCES offices (id),
    change_id UUID NOT NULL,
    item_id UUID NOT NULL,
    before_revision BIGINT,
    after_revision BIGINT NOT NULL,
    PRIMARY KEY (office_id, change_id, item_id),
    FOREIGN KEY (office_id, change_id) REFERENCES own_changes (office_id, id),
    FOREIGN KEY (office_id, item_id) REFERENCES items (office_id, id)
);
