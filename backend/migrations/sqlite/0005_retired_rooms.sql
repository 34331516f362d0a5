-- When a room was retired: it is offered no more, and what is past still names it. Its name is free again.
ALTER TABLE rooms ADD COLUMN removed_at TEXT;
DROP INDEX rooms_by_name;
CREATE UNIQUE INDEX rooms_by_name ON rooms (office_id, site_id, name) WHERE removed_at IS NULL;
