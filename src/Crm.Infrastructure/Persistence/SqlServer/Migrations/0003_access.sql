-- API keys, found by the SHA-256 of what their owners hold. scopes: bits of AccessScopes; addresses: one a line.
CREATE TABLE dbo.api_keys (
    id         BIGINT        IDENTITY(1, 1) NOT NULL,
    account_id BIGINT        NOT NULL,
    name       NVARCHAR(200) NOT NULL,
    hint       NVARCHAR(32)  NOT NULL,
    hash       VARBINARY(32) NOT NULL,
    scopes     INT           NOT NULL,
    addresses  NVARCHAR(MAX) NOT NULL,
    created_ms BIGINT        NOT NULL,
    expires_ms BIGINT        NULL,
    used_ms    BIGINT        NULL,
    CONSTRAINT pk_api_keys PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_api_keys_account FOREIGN KEY (account_id) REFERENCES dbo.accounts (id)
);
GO

CREATE UNIQUE INDEX ux_api_keys_hash ON dbo.api_keys (hash);
GO

CREATE INDEX ix_api_keys_account ON dbo.api_keys (account_id, id);
GO

-- Wrong tries at signing in, by what they were made at or from (a hash), so that a restart doesn't forget them.
CREATE TABLE dbo.sign_in_tries (
    subject    VARBINARY(32) NOT NULL,
    failures   INT           NOT NULL,
    blocked_ms BIGINT        NOT NULL,
    last_ms    BIGINT        NOT NULL,
    CONSTRAINT pk_sign_in_tries PRIMARY KEY CLUSTERED (subject)
);
GO

CREATE INDEX ix_sign_in_tries_last ON dbo.sign_in_tries (last_ms);
GO
