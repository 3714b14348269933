-- When an account was closed: nobody is it any more, and its rows are deleted in small parts.
ALTER TABLE accounts ADD COLUMN closed_ms INTEGER NULL;

CREATE INDEX ix_accounts_closed ON accounts (id) WHERE closed_ms IS NOT NULL;

-- A send's text where it is kept encrypted; text is empty then.
ALTER TABLE sends ADD COLUMN sealed_text BLOB NULL;
