-- When an account was closed: nobody is it any more, and its rows are deleted in small parts.
ALTER TABLE dbo.accounts ADD closed_ms BIGINT NULL;
GO

CREATE INDEX ix_accounts_closed ON dbo.accounts (id) WHERE closed_ms IS NOT NULL;
GO

-- A send's text where it is kept encrypted; text is empty then.
ALTER TABLE dbo.sends ADD sealed_text VARBINARY(MAX) NULL;
GO
