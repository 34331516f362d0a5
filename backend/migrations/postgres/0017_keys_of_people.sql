-- All that is kept of a person is sealed under a key of their own, which can be destroyed. What earlier versions kept in the clear is sealed
-- at the first start with this one.
DROP INDEX people_by_name;
ALTER TABLE people DROP COLUMN name;
ALTER TABLE people DROP COLUMN folded;
ALTER TABLE people DROP COLUMN mission_id;
ALTER TABLE people ADD COLUMN key_id UUID;

-- Whom a release names: what it says of each is sealed under that person's key.
CREATE TABLE release_people (
    office_id UUID NOT NULL REFERENCES offices (id),
    release_id UUID NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (office_id, release_id, person_id),
    FOREIGN KEY (office_id, release_id) REFERENCES releases (office_id, id)
);

-- The sum of all revisions tells whether what is kept at hand of people is as it stands: read from here, without their texts.
CREATE INDEX people_by_revision ON people (office_id, revision);
