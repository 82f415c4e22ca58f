/**
 * The lock around stat, intake and rename of one published file, shared by every Sheaf process of this person: the app
 * and the command line never come between each other's look at a file and its replacement.
 *
 * It is SQLite's own lock on an empty database, one per path, in the person's cache folder. The system lets go of it
 * when the process dies, however it dies, so no lock is ever left behind and none has to be judged stale.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { SheafError } from '../../shared/errors.ts'
import { errorCode } from './error-code.ts'

/** How long one holder may keep the others waiting, in milliseconds. */
const PATIENCE = 60_000

/** Where locks are, unless told otherwise: the same for all processes of a person, whatever their data folder. */
export function lockFolder(): string {
  const home = os.homedir()
  switch (process.platform) {
    case 'win32':
      return path.join(process.env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'Sheaf', 'locks')
    case 'darwin':
      return path.join(home, 'Library', 'Caches', 'Sheaf', 'locks')
    default:
      return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(home, '.cache'), 'sheaf', 'locks')
  }
}

/** The path whose file is really meant: links are followed, also those of the folders; the file itself may be missing. */
export async function realTarget(file: string): Promise<string> {
  try {
    return await fs.realpath(file)
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw cause
    return path.join(await fs.realpath(path.dirname(file)), path.basename(file))
  }
}

export class PathLock {
  private readonly folder: string
  /** Waiting in this process is in order of asking; between processes it is not. */
  private readonly queues = new Map<string, Promise<void>>()
  /** Names are found one after the other, so that finding one slowly never lets a later task go first. */
  private naming: Promise<unknown> = Promise.resolve()

  constructor(folder = lockFolder()) {
    this.folder = folder
  }

  /** Runs `task` while holding the lock of `file`. Never ask for a second lock inside: two that wait for each other wait for ever. */
  async hold<T>(file: string, task: () => Promise<T>, patience = PATIENCE): Promise<T> {
    const named = this.naming.then(() => realTarget(file).catch(() => path.resolve(file)))
    this.naming = named
    const name = lockName(await named)
    const before = this.queues.get(name) ?? Promise.resolve()
    let leave = (): void => {}
    const mine = new Promise<void>((resolve) => {
      leave = resolve
    })
    this.queues.set(name, mine)
    await before
    try {
      const lock = await this.acquire(name, patience)
      try {
        return await task()
      } finally {
        lock.close()
      }
    } finally {
      if (this.queues.get(name) === mine) this.queues.delete(name)
      leave()
    }
  }

  private async acquire(name: string, patience: number): Promise<Database.Database> {
    await fs.mkdir(this.folder, { recursive: true, mode: 0o700 })
    const deadline = performance.now() + patience
    const db = new Database(path.join(this.folder, name), { timeout: 0 })
    try {
      for (;;) {
        try {
          db.exec('BEGIN IMMEDIATE')
          return db
        } catch (cause) {
          if (!errorCode(cause).startsWith('SQLITE_BUSY')) throw cause
          if (performance.now() > deadline) {
            throw new SheafError(
              'no-permission',
              'Another program is busy with this file; please try again in a moment.',
            )
          }
          await pause(10 + Math.random() * 30)
        }
      }
    } catch (cause) {
      db.close()
      throw cause
    }
  }
}

/** Spellings that some file system takes for the same name share a lock; two files sharing one merely take turns. */
function lockName(target: string): string {
  return `${createHash('sha256').update(target.normalize('NFC').toLowerCase()).digest('hex').slice(0, 32)}.lock`
}
