/** Published files as anybody can read them: plain SQLite. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'

/** The plain text a file carries for readers that know nothing of Sheaf; null when there is no such file yet. */
export async function fileText(file: string): Promise<string | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sheaf-read-'))
  try {
    // A copy: reading must not touch what the app is about to replace.
    const copy = path.join(folder, 'copy.sheaf')
    await copyFile(file, copy)
    const database = new Database(copy, { readonly: true })
    try {
      const row = database.prepare("SELECT body FROM preview WHERE kind = 'text/plain'").get()
      return (row as { body: string } | undefined)?.body ?? null
    } finally {
      database.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Makes a file one that a newer Sheaf has written: readable here, but not to be written. */
export function makeNewer(file: string): void {
  const database = new Database(file)
  try {
    database.prepare("UPDATE meta SET v = CAST(v AS INTEGER) + 1 WHERE k = 'format_write'").run()
    database.exec('CREATE TABLE tomorrow (id INTEGER PRIMARY KEY, body TEXT)')
    database.prepare('INSERT INTO tomorrow (body) VALUES (?)').run('something this version knows nothing of')
  } finally {
    database.close()
  }
}
