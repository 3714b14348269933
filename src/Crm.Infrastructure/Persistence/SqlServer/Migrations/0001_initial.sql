-- Times of Telegram's are Unix seconds (date, edited_at, deleted_at); our own end in _ms and are Unix milliseconds: what Telegram
-- sends and what we answer, eight bytes without a zone. Keys that are compared have a binary order, whatever the database's is.
-- What others write has no limit here (NVARCHAR(MAX), in the row up to 8,000 bytes).

CREATE TABLE dbo.schema_migrations (
    version    INT           NOT NULL,
    name       NVARCHAR(200) NOT NULL,
    applied_ms BIGINT        NOT NULL,
    CONSTRAINT pk_schema_migrations PRIMARY KEY CLUSTERED (version)
);
GO

CREATE TABLE dbo.accounts (
    id                    BIGINT        IDENTITY(1, 1) NOT NULL,
    login                 NVARCHAR(256) NOT NULL,
    login_key             NVARCHAR(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    password_hash         NVARCHAR(MAX) NOT NULL,
    security_stamp        NVARCHAR(64)  NOT NULL,
    current_connection_id BIGINT        NULL,
    sign_in_number        BIGINT        NOT NULL,
    created_ms            BIGINT        NOT NULL,
    CONSTRAINT pk_accounts PRIMARY KEY CLUSTERED (id)
);
GO

CREATE UNIQUE INDEX ux_accounts_login ON dbo.accounts (login_key);
GO

CREATE INDEX ix_accounts_sign_in ON dbo.accounts (sign_in_number);
GO

-- An account's turn: whoever writes for it takes this row first and holds it until the commit (docs/decisions/0015-sql-server.md).
-- last_event_id is the newest id of its log, also when that has been deleted; lease_token is the lease that may write for it.
CREATE TABLE dbo.account_heads (
    account_id    BIGINT NOT NULL,
    turn          BIGINT NOT NULL,
    last_event_id BIGINT NOT NULL,
    lease_token   BIGINT NOT NULL,
    CONSTRAINT pk_account_heads PRIMARY KEY CLUSTERED (account_id),
    CONSTRAINT fk_account_heads_account FOREIGN KEY (account_id) REFERENCES dbo.accounts (id)
);
GO

CREATE TABLE dbo.connections (
    id                  BIGINT         IDENTITY(1, 1) NOT NULL,
    account_id          BIGINT         NOT NULL,
    messenger           NVARCHAR(32)   NOT NULL,
    phone               NVARCHAR(32)   NULL,
    api_id              INT            NOT NULL,
    api_hash            VARBINARY(MAX) NOT NULL,
    status              NVARCHAR(32)   NOT NULL,
    telegram_user_id    BIGINT         NULL,
    phone_code_hash     VARBINARY(MAX) NULL,
    code_type           NVARCHAR(100)  NULL,
    code_length         INT            NULL,
    code_next_type      NVARCHAR(100)  NULL,
    code_timeout        INT            NULL,
    code_sent_ms        BIGINT         NULL,
    code_wrong_tries    INT            NOT NULL CONSTRAINT df_connections_wrong_tries DEFAULT 0,
    listening_since_ms  BIGINT         NULL,
    paused_since_ms     BIGINT         NULL,
    telegram_reachable  BIT            NULL,
    session_number      INT            NOT NULL CONSTRAINT df_connections_session_number DEFAULT 0,
    version             INT            NOT NULL,
    created_ms          BIGINT         NOT NULL,
    CONSTRAINT pk_connections PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_connections_account FOREIGN KEY (account_id) REFERENCES dbo.accounts (id)
);
GO

CREATE UNIQUE INDEX ux_connections_phone ON dbo.connections (account_id, messenger, phone) WHERE phone IS NOT NULL;
GO

CREATE UNIQUE INDEX ux_connections_unclaimed ON dbo.connections (account_id, messenger) WHERE phone IS NULL;
GO

CREATE INDEX ix_connections_listening ON dbo.connections (id) WHERE listening_since_ms IS NOT NULL;
GO

CREATE TABLE dbo.sessions (
    connection_id BIGINT         NOT NULL,
    data          VARBINARY(MAX) NOT NULL,
    saved_ms      BIGINT         NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY CLUSTERED (connection_id),
    CONSTRAINT fk_sessions_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

-- stream: which stream of updates a position belongs to; a position that is lost and had anew begins another one.
CREATE TABLE dbo.update_states (
    connection_id BIGINT NOT NULL,
    pts           INT    NOT NULL,
    qts           INT    NOT NULL,
    date          INT    NOT NULL,
    seq           INT    NOT NULL,
    stream        BIGINT NOT NULL CONSTRAINT df_update_states_stream DEFAULT 0,
    CONSTRAINT pk_update_states PRIMARY KEY CLUSTERED (connection_id),
    CONSTRAINT fk_update_states_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

CREATE TABLE dbo.channel_states (
    connection_id BIGINT NOT NULL,
    dialog_id     BIGINT NOT NULL,
    pts           INT    NOT NULL,
    stream        BIGINT NOT NULL CONSTRAINT df_channel_states_stream DEFAULT 0,
    CONSTRAINT pk_channel_states PRIMARY KEY CLUSTERED (connection_id, dialog_id),
    CONSTRAINT fk_channel_states_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

CREATE TABLE dbo.dialogs (
    connection_id  BIGINT        NOT NULL,
    dialog_id      BIGINT        NOT NULL,
    type           NVARCHAR(16)  NOT NULL,
    title          NVARCHAR(MAX) NOT NULL,
    username       NVARCHAR(MAX) NULL,
    phone          NVARCHAR(MAX) NULL,
    access_hash    BIGINT        NULL,
    unread_count   INT           NOT NULL CONSTRAINT df_dialogs_unread DEFAULT 0,
    top_message_id INT           NULL,
    top_date       BIGINT        NULL,
    CONSTRAINT pk_dialogs PRIMARY KEY CLUSTERED (connection_id, dialog_id),
    CONSTRAINT fk_dialogs_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

-- Messages lie in the order in which dialogs are read. Nothing else refers to them by a foreign key, which would cost each insert
-- a look; rows are never deleted.
CREATE TABLE dbo.messages (
    id            BIGINT        IDENTITY(1, 1) NOT NULL,
    account_id    BIGINT        NOT NULL,
    connection_id BIGINT        NOT NULL,
    dialog_id     BIGINT        NOT NULL,
    message_id    INT           NOT NULL,
    outgoing      BIT           NOT NULL,
    text          NVARCHAR(MAX) NOT NULL,
    date          BIGINT        NOT NULL,
    sender_id     BIGINT        NULL,
    edited_at     BIGINT        NULL,
    deleted_at    BIGINT        NULL,
    revisions     INT           NOT NULL CONSTRAINT df_messages_revisions DEFAULT 0,
    CONSTRAINT pk_messages PRIMARY KEY NONCLUSTERED (account_id, id),
    CONSTRAINT fk_messages_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

CREATE UNIQUE CLUSTERED INDEX cx_messages_reading ON dbo.messages (account_id, dialog_id, date, message_id, id);
GO

-- The message id comes first, so that a deletion, which doesn't name the dialog, finds its messages by the same index.
CREATE UNIQUE INDEX ux_messages_telegram ON dbo.messages (connection_id, message_id, dialog_id);
GO

CREATE TABLE dbo.message_revisions (
    id             BIGINT        IDENTITY(1, 1) NOT NULL,
    message_row_id BIGINT        NOT NULL,
    text           NVARCHAR(MAX) NOT NULL,
    edited_at      BIGINT        NULL,
    replaced_ms    BIGINT        NOT NULL,
    CONSTRAINT pk_message_revisions PRIMARY KEY CLUSTERED (message_row_id, id)
);
GO

CREATE TABLE dbo.sends (
    id              BIGINT        IDENTITY(1, 1) NOT NULL,
    account_id      BIGINT        NOT NULL,
    connection_id   BIGINT        NOT NULL,
    dialog_id       BIGINT        NOT NULL,
    text            NVARCHAR(MAX) NOT NULL,
    random_id       BIGINT        NOT NULL,
    idempotency_key NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NULL,
    status          NVARCHAR(16)  NOT NULL,
    attempts        INT           NOT NULL CONSTRAINT df_sends_attempts DEFAULT 0,
    not_before_ms   BIGINT        NOT NULL,
    error_code      NVARCHAR(200) NULL,
    error_category  NVARCHAR(64)  NULL,
    error_message   NVARCHAR(MAX) NULL,
    message_row_id  BIGINT        NULL,
    message_id      INT           NULL,
    created_ms      BIGINT        NOT NULL,
    CONSTRAINT pk_sends PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_sends_account FOREIGN KEY (account_id) REFERENCES dbo.accounts (id),
    CONSTRAINT fk_sends_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

CREATE UNIQUE INDEX ux_sends_key ON dbo.sends (account_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
GO

CREATE UNIQUE INDEX ux_sends_random ON dbo.sends (connection_id, random_id);
GO

CREATE INDEX ix_sends_queued ON dbo.sends (connection_id, dialog_id, id) WHERE status = N'queued';
GO

CREATE UNIQUE INDEX ux_sends_message ON dbo.sends (message_row_id) WHERE message_row_id IS NOT NULL;
GO

CREATE INDEX ix_sends_unlinked ON dbo.sends (connection_id, dialog_id, id) WHERE status = N'sent' AND message_row_id IS NULL;
GO

CREATE TABLE dbo.coverage (
    connection_id BIGINT NOT NULL,
    dialog_id     BIGINT NOT NULL,
    from_id       INT    NOT NULL,
    to_id         INT    NOT NULL,
    CONSTRAINT pk_coverage PRIMARY KEY CLUSTERED (connection_id, dialog_id, from_id),
    CONSTRAINT fk_coverage_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

-- Dialogs whose newest range is continued by a stream of updates. Complete: nothing is missing since the connection listens.
CREATE TABLE dbo.coverage_tops (
    connection_id BIGINT NOT NULL,
    dialog_id     BIGINT NOT NULL,
    stream        BIGINT NOT NULL,
    complete      BIT    NOT NULL,
    CONSTRAINT pk_coverage_tops PRIMARY KEY CLUSTERED (connection_id, dialog_id),
    CONSTRAINT fk_coverage_tops_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

CREATE TABLE dbo.events (
    id             BIGINT        IDENTITY(1, 1) NOT NULL,
    account_id     BIGINT        NOT NULL,
    connection_id  BIGINT        NOT NULL,
    type           NVARCHAR(64)  NOT NULL,
    message_row_id BIGINT        NULL,
    data           NVARCHAR(MAX) NOT NULL,
    created_ms     BIGINT        NOT NULL,
    CONSTRAINT pk_events PRIMARY KEY CLUSTERED (account_id, id)
);
GO

-- Retention looks for the oldest of all.
CREATE UNIQUE INDEX ux_events_id ON dbo.events (id) INCLUDE (created_ms);
GO

-- How far an account's events have been deleted: a reader that stopped before has missed some.
CREATE TABLE dbo.event_horizons (
    account_id BIGINT NOT NULL,
    deleted_to BIGINT NOT NULL,
    CONSTRAINT pk_event_horizons PRIMARY KEY CLUSTERED (account_id),
    CONSTRAINT fk_event_horizons_account FOREIGN KEY (account_id) REFERENCES dbo.accounts (id)
);
GO

CREATE TABLE dbo.read_marks (
    connection_id BIGINT       NOT NULL,
    dialog_id     BIGINT       NOT NULL,
    box           NVARCHAR(16) NOT NULL,
    message_id    INT          NOT NULL,
    CONSTRAINT pk_read_marks PRIMARY KEY CLUSTERED (connection_id, dialog_id, box),
    CONSTRAINT fk_read_marks_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

-- Who speaks with Telegram. The token grows with each holder and is never given twice. The row is there from the beginning, so that
-- whoever wants to be sure of it has something to lock.
CREATE TABLE dbo.leases (
    name       NVARCHAR(32)  NOT NULL,
    token      BIGINT        NOT NULL,
    host       NVARCHAR(400) NOT NULL,
    process_id INT           NOT NULL,
    started    BIGINT        NOT NULL,
    instance   NVARCHAR(100) NOT NULL,
    expires_ms BIGINT        NOT NULL,
    CONSTRAINT pk_leases PRIMARY KEY CLUSTERED (name)
);
GO

INSERT INTO dbo.leases (name, token, host, process_id, started, instance, expires_ms)
VALUES (N'telegram', 0, N'', 0, 0, N'', 0);
GO

-- The events column holds the types a webhook is told of, separated by commas; nothing for all.
CREATE TABLE dbo.webhooks (
    id               BIGINT         IDENTITY(1, 1) NOT NULL,
    account_id       BIGINT         NOT NULL,
    url              NVARCHAR(MAX)  NOT NULL,
    secret           VARBINARY(MAX) NOT NULL,
    events           NVARCHAR(MAX)  NOT NULL,
    active           BIT            NOT NULL,
    disabled_reason  NVARCHAR(200)  NULL,
    [cursor]         BIGINT         NOT NULL,
    failures         INT            NOT NULL,
    next_try_ms      BIGINT         NOT NULL,
    failing_since_ms BIGINT         NULL,
    created_ms       BIGINT         NOT NULL,
    version          INT            NOT NULL,
    CONSTRAINT pk_webhooks PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_webhooks_account FOREIGN KEY (account_id) REFERENCES dbo.accounts (id)
);
GO

CREATE INDEX ix_webhooks_account ON dbo.webhooks (account_id, id);
GO

CREATE INDEX ix_webhooks_due ON dbo.webhooks (next_try_ms, id) WHERE active = 1;
GO

CREATE TABLE dbo.webhook_deliveries (
    id              BIGINT        IDENTITY(1, 1) NOT NULL,
    webhook_id      BIGINT        NOT NULL,
    event_id        BIGINT        NOT NULL,
    event_type      NVARCHAR(64)  NOT NULL,
    attempt         INT           NOT NULL,
    response_status INT           NULL,
    error           NVARCHAR(MAX) NULL,
    duration_ms     BIGINT        NOT NULL,
    next_try_ms     BIGINT        NULL,
    created_ms      BIGINT        NOT NULL,
    CONSTRAINT pk_webhook_deliveries PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_webhook_deliveries_webhook FOREIGN KEY (webhook_id) REFERENCES dbo.webhooks (id) ON DELETE CASCADE
);
GO

CREATE INDEX ix_webhook_deliveries_webhook ON dbo.webhook_deliveries (webhook_id, id);
GO

-- An import of a dialog's history: how far it has come, so that it goes on there.
CREATE TABLE dbo.imports (
    id            BIGINT        IDENTITY(1, 1) NOT NULL,
    account_id    BIGINT        NOT NULL,
    connection_id BIGINT        NOT NULL,
    dialog_id     BIGINT        NOT NULL,
    state         NVARCHAR(16)  NOT NULL,
    upper_id      INT           NULL,
    stored        BIGINT        NOT NULL CONSTRAINT df_imports_stored DEFAULT 0,
    pages         BIGINT        NOT NULL CONSTRAINT df_imports_pages DEFAULT 0,
    total         INT           NULL,
    remaining     INT           NULL,
    active_ms     BIGINT        NOT NULL CONSTRAINT df_imports_active DEFAULT 0,
    started_ms    BIGINT        NOT NULL,
    updated_ms    BIGINT        NOT NULL,
    finished_ms   BIGINT        NULL,
    resume_ms     BIGINT        NULL,
    told_ms       BIGINT        NOT NULL,
    error_code    NVARCHAR(200) NULL,
    CONSTRAINT pk_imports PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_imports_account FOREIGN KEY (account_id) REFERENCES dbo.accounts (id),
    CONSTRAINT fk_imports_connection FOREIGN KEY (connection_id) REFERENCES dbo.connections (id)
);
GO

CREATE UNIQUE INDEX ux_imports_unfinished ON dbo.imports (connection_id, dialog_id) WHERE state IN (N'running', N'interrupted');
GO

CREATE INDEX ix_imports_account ON dbo.imports (account_id, id);
GO

-- Until when Telegram wants not to be asked again: by connection and method, and by dialog where only one is meant (0: all).
CREATE TABLE dbo.limits (
    connection_id BIGINT        NOT NULL,
    method        NVARCHAR(200) NOT NULL,
    dialog_id     BIGINT        NOT NULL,
    reason        NVARCHAR(200) NOT NULL,
    until_ms      BIGINT        NOT NULL,
    CONSTRAINT pk_limits PRIMARY KEY CLUSTERED (connection_id, method, dialog_id)
);
GO

-- Many rows go to the server as one parameter of these types, in the order of their columns.
CREATE TYPE dbo.message_rows AS TABLE (
    position   INT           NOT NULL,
    dialog_id  BIGINT        NOT NULL,
    message_id INT           NOT NULL,
    outgoing   BIT           NOT NULL,
    text       NVARCHAR(MAX) NOT NULL,
    date       BIGINT        NOT NULL,
    sender_id  BIGINT        NULL,
    edited_at  BIGINT        NULL
);
GO

CREATE TYPE dbo.dialog_rows AS TABLE (
    dialog_id      BIGINT        NOT NULL,
    type           NVARCHAR(16)  NOT NULL,
    title          NVARCHAR(MAX) NOT NULL,
    username       NVARCHAR(MAX) NULL,
    phone          NVARCHAR(MAX) NULL,
    access_hash    BIGINT        NULL,
    unread_count   INT           NULL,
    top_message_id INT           NULL,
    top_date       BIGINT        NULL
);
GO

CREATE TYPE dbo.event_rows AS TABLE (
    position       INT           NOT NULL,
    connection_id  BIGINT        NOT NULL,
    type           NVARCHAR(64)  NOT NULL,
    message_row_id BIGINT        NULL,
    data           NVARCHAR(MAX) NOT NULL
);
GO

CREATE TYPE dbo.message_ids AS TABLE (
    message_id INT NOT NULL
);
GO
