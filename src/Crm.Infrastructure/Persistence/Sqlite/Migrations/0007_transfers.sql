-- Which database this is, wherever it lies: what was copied from it is known by that.
CREATE TABLE database_identity (
    name TEXT PRIMARY KEY,
    id   TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO database_identity (name, id) VALUES ('self', lower(hex(randomblob(16))));

-- What is copied into this database from elsewhere. While it isn't finished, the database holds a part and serves nobody.
CREATE TABLE transfers (
    source      TEXT    PRIMARY KEY,
    mark        TEXT    NOT NULL,
    started_ms  INTEGER NOT NULL,
    finished_ms INTEGER NULL
) WITHOUT ROWID;

-- How far it has come; moves in the transactions that bring the rows.
CREATE TABLE transfer_steps (
    step     TEXT    PRIMARY KEY,
    position TEXT    NULL,
    copied   INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    done     INTEGER NOT NULL
) WITHOUT ROWID;
