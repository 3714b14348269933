-- What is new of one dialog, by our ids: without it, a dialog in which little is written is looked for among all the account's messages.
CREATE INDEX ix_messages_dialog ON messages (account_id, dialog_id, id);
