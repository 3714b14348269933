-- Times of Telegram's are Unix seconds (date, edited_at, deleted_at); our own end in _ms and are Unix milliseconds.

CREATE TABLE accounts (
    id                    INTEGER PRIMARY KEY AUTOINCREMENT,
    login                 TEXT    NOT NULL,
    login_key             TEXT    NOT NULL UNIQUE,
    password_hash         TEXT    NOT NULL,
    security_stamp        TEXT    NOT NULL,
    current_connection_id INTEGER NULL REFERENCES connections (id) DEFERRABLE INITIALLY DEFERRED,
    sign_in_number        INTEGER NOT NULL,
    created_ms            INTEGER NOT NULL
);

CREATE INDEX ix_accounts_sign_in ON accounts (sign_in_number);

CREATE TABLE connections (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id          INTEGER NOT NULL REFERENCES accounts (id),
    messenger           TEXT    NOT NULL,
    phone               TEXT    NULL,
    api_id              INTEGER NOT NULL,
    api_hash            BLOB    NOT NULL,
    status              TEXT    NOT NULL,
    telegram_user_id    INTEGER NULL,
    phone_code_hash     BLOB    NULL,
    code_type           TEXT    NULL,
    code_length         INTEGER NULL,
    code_next_type      TEXT    NULL,
    code_timeout        INTEGER NULL,
    code_sent_ms        INTEGER NULL,
    listening_since_ms  INTEGER NULL,
    version             INTEGER NOT NULL,
    created_ms          INTEGER NOT NULL
);

CREATE UNIQUE INDEX ux_connections_phone ON connections (account_id, messenger, phone) WHERE phone IS NOT NULL;
CREATE UNIQUE INDEX ux_connections_unclaimed ON connections (account_id, messenger) WHERE phone IS NULL;
CREATE INDEX ix_connections_listening ON connections (id) WHERE listening_since_ms IS NOT NULL;

CREATE TABLE sessions (
    connection_id INTEGER PRIMARY KEY REFERENCES connections (id),
    data          BLOB    NOT NULL,
    saved_ms      INTEGER NOT NULL
);

CREATE TABLE update_states (
    connection_id INTEGER PRIMARY KEY REFERENCES connections (id),
    pts           INTEGER NOT NULL,
    qts           INTEGER NOT NULL,
    date          INTEGER NOT NULL,
    seq           INTEGER NOT NULL
);

CREATE TABLE channel_states (
    connection_id INTEGER NOT NULL REFERENCES connections (id),
    dialog_id     INTEGER NOT NULL,
    pts           INTEGER NOT NULL,
    PRIMARY KEY (connection_id, dialog_id)
) WITHOUT ROWID;

CREATE TABLE dialogs (
    connection_id  INTEGER NOT NULL REFERENCES connections (id),
    dialog_id      INTEGER NOT NULL,
    type           TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    username       TEXT    NULL,
    phone          TEXT    NULL,
    access_hash    INTEGER NULL,
    unread_count   INTEGER NOT NULL DEFAULT 0,
    top_message_id INTEGER NULL,
    top_date       INTEGER NULL,
    PRIMARY KEY (connection_id, dialog_id)
) WITHOUT ROWID;

CREATE TABLE messages (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id    INTEGER NOT NULL REFERENCES accounts (id),
    connection_id INTEGER NOT NULL REFERENCES connections (id),
    dialog_id     INTEGER NOT NULL,
    message_id    INTEGER NOT NULL,
    outgoing      INTEGER NOT NULL,
    text          TEXT    NOT NULL,
    date          INTEGER NOT NULL,
    sender_id     INTEGER NULL,
    edited_at     INTEGER NULL,
    deleted_at    INTEGER NULL
);

-- The message id comes first, so that a deletion, which doesn't name the dialog, finds its messages by the same index.
CREATE UNIQUE INDEX ux_messages_telegram ON messages (connection_id, message_id, dialog_id);
CREATE INDEX ix_messages_reading ON messages (account_id, dialog_id, date, message_id, id);
CREATE INDEX ix_messages_account ON messages (account_id, id);

CREATE TABLE message_revisions (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    message_row_id INTEGER NOT NULL REFERENCES messages (id),
    text           TEXT    NOT NULL,
    edited_at      INTEGER NULL,
    replaced_ms    INTEGER NOT NULL
);

CREATE INDEX ix_message_revisions_message ON message_revisions (message_row_id, id);

CREATE TABLE sends (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id      INTEGER NOT NULL REFERENCES accounts (id),
    connection_id   INTEGER NOT NULL REFERENCES connections (id),
    dialog_id       INTEGER NOT NULL,
    text            TEXT    NOT NULL,
    random_id       INTEGER NOT NULL,
    idempotency_key TEXT    NULL,
    status          TEXT    NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    not_before_ms   INTEGER NOT NULL,
    error_code      TEXT    NULL,
    error_category  TEXT    NULL,
    error_message   TEXT    NULL,
    message_row_id  INTEGER NULL REFERENCES messages (id),
    created_ms      INTEGER NOT NULL
);

CREATE UNIQUE INDEX ux_sends_key ON sends (account_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE UNIQUE INDEX ux_sends_random ON sends (connection_id, random_id);
CREATE INDEX ix_sends_queued ON sends (connection_id, dialog_id, id) WHERE status = 'queued';

CREATE TABLE coverage (
    connection_id INTEGER NOT NULL REFERENCES connections (id),
    dialog_id     INTEGER NOT NULL,
    from_id       INTEGER NOT NULL,
    to_id         INTEGER NOT NULL,
    PRIMARY KEY (connection_id, dialog_id, from_id)
) WITHOUT ROWID;

CREATE TABLE events (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id     INTEGER NOT NULL REFERENCES accounts (id),
    connection_id  INTEGER NOT NULL REFERENCES connections (id),
    type           TEXT    NOT NULL,
    message_row_id INTEGER NULL REFERENCES messages (id),
    data           TEXT    NOT NULL,
    created_ms     INTEGER NOT NULL
);

CREATE INDEX ix_events_account ON events (account_id, id);
