-- News may also tell that the rules of somebody's clocks changed. SQLite changes no check of a table that there is.
CREATE TEMPORARY TABLE news_kept AS
    SELECT office_id, id, account_id, kind, source_kind, source_id, made_at, read_at FROM news;
DROP TABLE news;
CREATE TABLE news (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('approved', 'declined', 'given_away', 'moved', 'shifted', 'clocks_changed')),
    source_kind TEXT NOT NULL CHECK (source_kind IN ('item', 'booking')),
    source_id BLOB NOT NULL,
    made_at TEXT NOT NULL,
    read_at TEXT,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
) STRICT;
INSERT INTO news (office_id, id, account_id, kind, source_kind, source_id, made_at, read_at)
    SELECT office_id, id, account_id, kind, source_kind, source_id, made_at, read_at FROM news_kept;
DROP TABLE news_kept;
CREATE INDEX news_by_account ON news (office_id, account_id, made_at);
CREATE INDEX news_by_source ON news (office_id, source_id);
