/** A doorbell for a folder: rings a moment after anything in it changed. It says only that, never what. */
import path from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import type { Logger } from '../ports.ts'
import { DEEPEST, isIgnoredName } from './scan-folder.ts'

/** Milliseconds: a burst of changes rings once. */
const QUIET = 100
/** Where the system can't watch, the folder is looked at this often instead. */
const POLL = 5000

export class FolderWatch {
  private readonly watcher: FSWatcher
  private readonly ring: () => void
  private timer: NodeJS.Timeout | null = null
  private polling: NodeJS.Timeout | null = null
  /** Resolves when the watch is set: later changes ring. */
  readonly ready: Promise<void>

  constructor(root: string, ring: () => void, logger: Logger) {
    this.ring = ring
    this.watcher = watch(root, {
      ignoreInitial: true,
      followSymlinks: false,
      depth: DEEPEST,
      ignored: (file) =>
        file !== root &&
        path
          .relative(root, file)
          .split(path.sep)
          .some((name) => name !== '..' && isIgnoredName(name)),
    })
    this.ready = new Promise((resolve) => this.watcher.once('ready', resolve))
    this.watcher.on('ready', () => this.soon())
    this.watcher.on('all', () => this.soon())
    this.watcher.on('error', (cause) => {
      // Most often the system's limit of watches: the library then notices changes later, not never.
      logger.error('library.watch-failed', cause)
      this.polling ??= setInterval(() => this.ring(), POLL).unref()
    })
  }

  /** Watches a file outside the folder too. */
  add(file: string): void {
    this.watcher.add(file)
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    if (this.polling !== null) clearInterval(this.polling)
    await this.watcher.close()
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.ring()
    }, QUIET).unref()
  }
}
