/** What is kept of documents on plain Yjs servers (see mirror-table.ts). */
export const mirrors = `
CREATE TABLE mirrors (id INTEGER PRIMARY KEY, place TEXT NOT NULL, updates BLOB NOT NULL, pairs BLOB NOT NULL) STRICT;
`
