/** The private store's first form: the log, the writers that still hold drafts, the drafts, and a cache of the state. */
export const logAndDrafts = `
CREATE TABLE meta (k TEXT PRIMARY KEY, v ANY NOT NULL) STRICT;
CREATE TABLE members (seq INTEGER PRIMARY KEY, op BLOB NOT NULL, hash BLOB NOT NULL, sig BLOB NOT NULL) STRICT;
CREATE TABLE records (
  writer BLOB NOT NULL, seq INTEGER NOT NULL, rec_id BLOB NOT NULL, type INTEGER NOT NULL, stream INTEGER NOT NULL,
  prev BLOB NOT NULL, sig BLOB NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (writer, seq, rec_id)
) STRICT;
-- A writer stays here, with its wrapped secrets, until its drafts are sealed and its run is closed.
CREATE TABLE writers (
  key BLOB PRIMARY KEY, secrets BLOB NOT NULL, instances INTEGER NOT NULL, named BLOB NOT NULL, began_at INTEGER NOT NULL
) STRICT;
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY, writer BLOB NOT NULL REFERENCES writers (key),
  instance INTEGER NOT NULL, stream INTEGER NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL
) STRICT;
-- A cache: the Yjs state at the given heads. Anything else rebuilds it from the log.
CREATE TABLE state (stream INTEGER PRIMARY KEY, heads BLOB NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
-- Drafts the disk garbled: not words any more, kept all the same.
CREATE TABLE quarantine (id INTEGER PRIMARY KEY, body BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE blobs (hash BLOB PRIMARY KEY, mime TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
`
