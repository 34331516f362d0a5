-- What is to be done for a visit; what visits of a category start from; the days an office put on its calendar itself.
CREATE TABLE tasks (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    visit_id BLOB NOT NULL,
    due_on TEXT NOT NULL,
    done_at TEXT,
    body TEXT NOT NULL,
    removed_at TEXT,
    key_id BLOB,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
) STRICT;
CREATE INDEX tasks_by_visit ON tasks (office_id, visit_id);
CREATE INDEX tasks_by_due ON tasks (office_id, due_on);

CREATE TABLE visit_templates (
    office_id BLOB NOT NULL REFERENCES offices (id),
    category TEXT NOT NULL,
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, category)
) STRICT;

CREATE TABLE own_days (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    country TEXT NOT NULL,
    on_day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'rest-day', 'national-day', 'working-day')),
    name TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX own_days_by_country ON own_days (office_id, country, on_day);
