-- Who speaks with Telegram. The token grows with each holder and is never given twice.
CREATE TABLE leases (
    name       TEXT    PRIMARY KEY,
    token      INTEGER NOT NULL,
    host       TEXT    NOT NULL,
    process_id INTEGER NOT NULL,
    started    INTEGER NOT NULL,
    instance   TEXT    NOT NULL,
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
