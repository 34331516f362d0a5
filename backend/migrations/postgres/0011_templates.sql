-- What is to be done for a visit; what visits of a category start from; the days an office put on its calendar itself.
CREATE TABLE tasks (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    visit_id UUID NOT NULL,
    due_on TEXT NOT NULL,
    done_at TIMESTAMPTZ,
    body TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    key_id UUID,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
);
CREATE INDEX tasks_by_visit ON tasks (office_id, visit_id);
CREATE INDEX tasks_by_due ON tasks (office_id, due_on);

CREATE TABLE visit_templates (
    office_id UUID NOT NULL REFERENCES offices (id),
    category TEXT NOT NULL,
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, category)
);

CREATE TABLE own_days (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    country TEXT NOT NULL,
    on_day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'rest-day', 'national-day', 'working-day')),
    name TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX own_days_by_country ON own_days (office_id, country, on_day);
