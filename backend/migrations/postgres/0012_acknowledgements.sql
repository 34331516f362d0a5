-- That an account has read a release: one row for each, written once.
CREATE TABLE acknowledgements (
    office_id UUID NOT NULL REFERENCES offices (id),
    release_id UUID NOT NULL,
    account_id UUID NOT NULL,
    acknowledged_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, release_id, account_id),
    FOREIGN KEY (office_id, release_id) REFERENCES releases (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
);
