-- API keys, found by the SHA-256 of what their owners hold. scopes: bits of AccessScopes; addresses: one a line.
CREATE TABLE api_keys (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name       TEXT    NOT NULL,
    hint       TEXT    NOT NULL,
    hash       BLOB    NOT NULL UNIQUE,
    scopes     INTEGER NOT NULL,
    addresses  TEXT    NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NULL,
    used_ms    INTEGER NULL
);

CREATE INDEX ix_api_keys_account ON api_keys (account_id, id);

-- Wrong tries at signing in, by what they were made at or from (a hash), so that a restart doesn't forget them.
CREATE TABLE sign_in_tries (
    subject    BLOB    PRIMARY KEY,
    failures   INTEGER NOT NULL,
    blocked_ms INTEGER NOT NULL,
    last_ms    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX ix_sign_in_tries_last ON sign_in_tries (last_ms);
