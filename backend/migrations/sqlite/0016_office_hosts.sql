-- A host name chooses one office, in whatever case it is asked for. Of several offices that bore one, the first by its id was reached;
-- the others have none until they are given one of their own (`chancery office set-host`).
UPDATE offices SET host_name = lower(host_name) WHERE host_name IS NOT NULL;
UPDATE offices SET host_name = NULL
    WHERE EXISTS (SELECT 1 FROM offices AS earlier WHERE earlier.host_name = offices.host_name AND earlier.id < offices.id);
CREATE UNIQUE INDEX offices_by_host_name ON offices (host_name);
