/** Makes a private store that is there whole or not at all: built under another name, then renamed into place. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { diskError } from './disk-error.ts'
import { DocumentStore } from './document-store.ts'
import type { StoredMember } from './sheaf-file.ts'

const UNFINISHED = /\.db\.new-[0-9a-f]+(-wal|-shm)?$/

/**
 * Founds a store with its members. Does nothing when one stands there already. Synchronous to its end, so that no other
 * work of this process comes between the look and the rename; when it returns the store's name is on the disk too.
 */
export function foundStore(file: string, members: readonly StoredMember[]): void {
  if (fs.existsSync(file)) return
  const unfinished = `${file}.new-${randomBytes(6).toString('hex')}`
  try {
    // Closing writes the log back and leaves a single file.
    DocumentStore.open(unfinished, members).close()
    fs.renameSync(unfinished, file)
    syncFolder(path.dirname(file))
  } catch (cause) {
    removeUnfinishedStores(path.dirname(file))
    throw diskError(cause, 'The document could not be stored on this computer.')
  }
}

/** Removes what a crash left of stores that were never finished: nobody has written a word into one. */
export function removeUnfinishedStores(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (UNFINISHED.test(name)) fs.rmSync(path.join(folder, name), { force: true })
  }
}

/** On Windows a folder can't be synced, and a rename is durable without. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}
