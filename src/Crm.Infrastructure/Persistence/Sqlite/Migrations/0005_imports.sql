-- An import of a dialog's history: how far it has come, so that it goes on there. Times that end in _ms are Unix milliseconds.
CREATE TABLE imports (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id    INTEGER NOT NULL REFERENCES accounts (id),
    connection_id INTEGER NOT NULL REFERENCES connections (id),
    dialog_id     INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    upper_id      INTEGER NULL,
    stored        INTEGER NOT NULL DEFAULT 0,
    pages         INTEGER NOT NULL DEFAULT 0,
    total         INTEGER NULL,
    remaining     INTEGER NULL,
    active_ms     INTEGER NOT NULL DEFAULT 0,
    started_ms    INTEGER NOT NULL,
    updated_ms    INTEGER NOT NULL,
    finished_ms   INTEGER NULL,
    resume_ms     INTEGER NULL,
    told_ms       INTEGER NOT NULL,
    error_code    TEXT    NULL
);

CREATE UNIQUE INDEX ux_imports_unfinished ON imports (connection_id, dialog_id) WHERE state IN ('running', 'interrupted');
CREATE INDEX ix_imports_account ON imports (account_id, id);

-- Which stream of updates a position belongs to: a position that is lost and had anew begins another one.
ALTER TABLE update_states ADD COLUMN stream INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel_states ADD COLUMN stream INTEGER NOT NULL DEFAULT 0;

-- Dialogs whose newest range is continued by a stream of updates. Complete: nothing is missing since the connection listens.
CREATE TABLE coverage_tops (
    connection_id INTEGER NOT NULL REFERENCES connections (id),
    dialog_id     INTEGER NOT NULL,
    stream        INTEGER NOT NULL,
    complete      INTEGER NOT NULL,
    PRIMARY KEY (connection_id, dialog_id)
) WITHOUT ROWID;
