/** Files on their way in: chosen in the system's dialog, or dropped on a window. */
import type { Logger } from '../../main/ports.ts'
import { importFiles } from '../../main/library/import-files.ts'
import type { Sheaf } from '../../main/sheaf.ts'
import type { ImportReport } from '../../shared/ipc/contract.ts'
import { chooseImports } from '../dialogs.ts'
import { failureOf } from '../ipc-server.ts'
import type { Task } from './tasks.ts'
import type { AppWindow } from '../windows/window.ts'
import { wordedLoss } from '../wording/wording.ts'

/** What an import is when nobody follows it: the menu's, while no window stands. */
const UNWATCHED: Task = { signal: new AbortController().signal, progress: () => undefined }

export class Imports {
  readonly #sheaf: Sheaf
  readonly #logger: Logger

  constructor(sheaf: Sheaf, logger: Logger) {
    this.#sheaf = sheaf
    this.#logger = logger
  }

  /** Asks for files and brings them in; null when the person chose none. */
  async choose(window: AppWindow | null, task: Task = UNWATCHED): Promise<ImportReport | null> {
    const files = await chooseImports(window?.browser ?? null)
    return files.length === 0 ? null : await this.bring(files, task)
  }

  async bring(paths: readonly string[], task: Task): Promise<ImportReport> {
    const report = await importFiles(paths, this.#sheaf.library, {
      signal: task.signal,
      progress: task.progress,
      reasonOf: (error) => failureOf(error, 'file.import', this.#logger).message,
    })
    return { ...report, leftOut: report.leftOut.map(({ name, losses }) => ({ name, losses: losses.map(wordedLoss) })) }
  }
}
