/** Keys of the epochs of a shared document, wrapped by the key vault. They are in no file that is published. */
export const epochKeys = `
CREATE TABLE epoch_keys (epoch INTEGER PRIMARY KEY, secret BLOB NOT NULL) STRICT;
`
