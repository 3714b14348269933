-- The events column holds the types a webhook is told of, separated by commas; nothing for all.

CREATE TABLE webhooks (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id       INTEGER NOT NULL REFERENCES accounts (id),
    url              TEXT    NOT NULL,
    secret           BLOB    NOT NULL,
    events           TEXT    NOT NULL,
    active           INTEGER NOT NULL,
    disabled_reason  TEXT    NULL,
    cursor           INTEGER NOT NULL,
    failures         INTEGER NOT NULL,
    next_try_ms      INTEGER NOT NULL,
    failing_since_ms INTEGER NULL,
    created_ms       INTEGER NOT NULL,
    version          INTEGER NOT NULL
);

CREATE INDEX ix_webhooks_account ON webhooks (account_id, id);
CREATE INDEX ix_webhooks_due ON webhooks (next_try_ms, id) WHERE active = 1;

CREATE TABLE webhook_deliveries (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id      INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id        INTEGER NOT NULL,
    event_type      TEXT    NOT NULL,
    attempt         INTEGER NOT NULL,
    response_status INTEGER NULL,
    error           TEXT    NULL,
    duration_ms     INTEGER NOT NULL,
    next_try_ms     INTEGER NULL,
    created_ms      INTEGER NOT NULL
);

CREATE INDEX ix_webhook_deliveries_webhook ON webhook_deliveries (webhook_id, id);
