/**
 * Temporary files that crashes left behind, found at looks at their folders and removed. One counts as left behind when it
 * has lain there for ten minutes of this process's own time and was not touched. Clocks are not asked: a file server and this
 * computer may differ by years, and by them a file that is being written at this moment would look old.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from './error-code.ts'
import { equalStamps, type FileStamp, stampOf } from './file-stamp.ts'
import { isTemporaryName } from './replace-file.ts'

/** Milliseconds a file lies there untouched. A publication that takes longer begins anew. */
const PATIENCE = 10 * 60_000

interface Seen {
  readonly stamp: FileStamp
  readonly since: number
}

export class StaleTemporaries {
  private readonly seen = new Map<string, Seen>()
  private readonly now: () => number

  /** `now`: milliseconds that only ever go on. */
  constructor(now: () => number = () => performance.now()) {
    this.now = now
  }

  /** Removes those of a folder, given all names in it; answers how many that were. */
  async remove(folder: string, names: readonly string[]): Promise<number> {
    const files = new Set(names.filter(isTemporaryName).map((name) => path.join(folder, name)))
    for (const file of this.seen.keys()) if (path.dirname(file) === folder && !files.has(file)) this.seen.delete(file)
    let removed = 0
    for (const file of files) if (await this.removeOne(file)) removed += 1
    return removed
  }

  private async removeOne(file: string): Promise<boolean> {
    const stats = await fs.lstat(file, { bigint: true }).catch(() => null)
    if (stats === null || !stats.isFile()) return false
    const stamp = stampOf(stats)
    const before = this.seen.get(file)
    if (before === undefined || !equalStamps(before.stamp, stamp)) {
      this.seen.set(file, { stamp, since: this.now() })
      return false
    }
    if (this.now() - before.since < PATIENCE) return false
    try {
      await fs.rm(file, { force: true })
    } catch (cause) {
      // Held by somebody, or not ours to remove: it does no harm where it is.
      if (!['EPERM', 'EACCES', 'EBUSY', 'EROFS'].includes(errorCode(cause))) throw cause
      return false
    }
    this.seen.delete(file)
    return true
  }
}
