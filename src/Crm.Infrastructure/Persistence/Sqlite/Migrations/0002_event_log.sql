-- Events carry what happened as it was then, so that reading them again later gives the same; earlier ones get what is known now.

ALTER TABLE messages ADD COLUMN revisions INTEGER NOT NULL DEFAULT 0;

UPDATE messages SET revisions = (SELECT COUNT(*) FROM message_revisions WHERE message_row_id = messages.id)
WHERE id IN (SELECT message_row_id FROM message_revisions);

UPDATE events SET data = (
    SELECT json_object('message', json_object(
        'id', m.id, 'id_account', m.account_id, 'messenger', c.messenger, 'message', m.text, 'answer', m.outgoing,
        'timestamp', m.date, 'id_user', m.dialog_id, 'message_id', m.message_id, 'edited_at', m.edited_at,
        'deleted_at', m.deleted_at, 'revisions', m.revisions))
    FROM messages m JOIN connections c ON c.id = m.connection_id
    WHERE m.id = events.message_row_id)
WHERE message_row_id IS NOT NULL;

-- How far an account's events have been deleted: a reader that stopped before has missed some.
CREATE TABLE event_horizons (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
    deleted_to INTEGER NOT NULL
);

CREATE TABLE read_marks (
    connection_id INTEGER NOT NULL REFERENCES connections (id),
    dialog_id     INTEGER NOT NULL,
    box           TEXT    NOT NULL,
    message_id    INTEGER NOT NULL,
    PRIMARY KEY (connection_id, dialog_id, box)
) WITHOUT ROWID;

-- Whether Telegram answered when it was last heard of; null before that.
ALTER TABLE connections ADD COLUMN telegram_reachable INTEGER NULL;
