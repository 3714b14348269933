// A table as somebody writes it who wants no message twice, and a plain insert.
import Database from 'better-sqlite3';

const SCHEMA = `
  CREATE TABLE messages (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    TEXT    NOT NULL,
    dialog_id  INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    outgoing   INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    date       INTEGER NOT NULL,
    stored_ms  INTEGER NOT NULL,
    UNIQUE (account, dialog_id, message_id)
  )`;

const INSERT = `
  INSERT OR IGNORE INTO messages (account, dialog_id, message_id, outgoing, text, date, stored_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

export class Store {
  #database;
  #insert;

  // Unless it is to be as SQLite comes, it is as durable as the CRM's own messages: a crash of the process loses none, a loss of power
  // may take the last ones.
  constructor(file, { untuned = false } = {}) {
    this.#database = new Database(file);
    if (!untuned) {
      this.#database.pragma('journal_mode = WAL');
      this.#database.pragma('synchronous = NORMAL');
    }
    this.#database.exec(SCHEMA);
    this.#insert = this.#database.prepare(INSERT);
  }

  add(account, message) {
    this.#insert.run(
      account, message.chat.id, message.id, message.isOutgoing ? 1 : 0, message.text, message.raw.date, Date.now());
  }

  addAll = (account, messages) =>
    this.#database.transaction(() => {
      for (const message of messages) this.add(account, message);
    })();

  close() {
    this.#database.close();
  }
}
