-- Whether the rooms are still those that were read before is asked by the sum of their revisions, for each board and each search.
CREATE INDEX rooms_by_revision ON rooms (office_id, revision);
