-- What is new of one dialog, by our ids: without it, all the dialog's messages are sorted for each page.
CREATE INDEX ix_messages_dialog ON dbo.messages (account_id, dialog_id, id);
GO
