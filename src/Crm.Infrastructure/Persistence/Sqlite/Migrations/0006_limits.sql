-- Until when Telegram wants not to be asked again: by connection and method, and by dialog where only one is meant (0: all).
CREATE TABLE limits (
    connection_id INTEGER NOT NULL REFERENCES connections (id),
    method        TEXT    NOT NULL,
    dialog_id     INTEGER NOT NULL,
    reason        TEXT    NOT NULL,
    until_ms      INTEGER NOT NULL,
    PRIMARY KEY (connection_id, method, dialog_id)
) WITHOUT ROWID;

-- Wrong codes since Telegram sent the one that is waited for.
ALTER TABLE connections ADD COLUMN code_wrong_tries INTEGER NOT NULL DEFAULT 0;

-- Grows whenever a session is given up: what is told of an earlier one is no news about the present one.
ALTER TABLE connections ADD COLUMN session_number INTEGER NOT NULL DEFAULT 0;

-- Since when a connection listened whose session Telegram ended: it goes on when the same user has signed in again.
ALTER TABLE connections ADD COLUMN paused_since_ms INTEGER NULL;

-- Telegram's id of a send's message, where an update told it apart from the answer.
ALTER TABLE sends ADD COLUMN message_id INTEGER NULL;

CREATE UNIQUE INDEX ux_sends_message ON sends (message_row_id) WHERE message_row_id IS NOT NULL;
CREATE INDEX ix_sends_unlinked ON sends (connection_id, dialog_id, id) WHERE status = 'sent' AND message_row_id IS NULL;

-- Which start of the machine the database was last opened in.
CREATE TABLE machine_starts (
    name    TEXT PRIMARY KEY,
    boot_id TEXT NOT NULL
) WITHOUT ROWID;
