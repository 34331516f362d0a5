-- What the role that serves may do, on PostgreSQL. The role that owns the tables runs this in the database after
-- every `chancery migrate` and `chancery restore`, once the role exists:
--
--     CREATE ROLE chancery LOGIN PASSWORD '…';
--
-- It may write all that an office keeps, alter no table, and neither change nor delete what is only ever appended to.

GRANT USAGE ON SCHEMA public TO chancery;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, chancery;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO chancery;

-- The record, and the revisions and reasons whose digests it holds.
REVOKE ALL ON audit_entries, audit_checkpoints, deliveries, revisions, reasons FROM chancery;
GRANT SELECT, INSERT ON audit_entries, audit_checkpoints, deliveries, revisions, reasons TO chancery;

-- A start only looks whether the schema is up to date.
REVOKE ALL ON _sqlx_migrations FROM chancery;
GRANT SELECT ON _sqlx_migrations TO chancery;
