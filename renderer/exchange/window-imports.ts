/** Imports of one window: what comes in by the system's dialog or by a drop, how far it is, and what it brought. */
import type { ImportReport, TaskNumber } from '../../shared/ipc/contract.ts'
import type { WindowModel } from '../window/window-model.ts'
import { newTask } from './running-task.ts'

/** What the import dialog shows. */
export type ImportStage =
  | { readonly kind: 'working'; readonly task: TaskNumber }
  | { readonly kind: 'done'; readonly report: ImportReport }

export interface WindowImports {
  /** Asks for files. */
  choose(): Promise<void>
  drop(files: readonly File[]): Promise<void>
}

/** A single file that comes in whole is simply shown; for all else there is a dialog. */
export function windowImports(model: WindowModel): WindowImports {
  const { api } = model

  async function run(bring: (task: TaskNumber) => Promise<ImportReport | null>): Promise<void> {
    const task = newTask()
    const show = (stage: ImportStage) => {
      model.importing.set(stage)
      model.dialog.set('import')
    }
    const stop = api.on('task.progress', (progress) => {
      if (progress.task !== task || progress.all < 2 || model.importing.get()?.kind === 'working') return
      show({ kind: 'working', task })
    })
    try {
      const report = await bring(task)
      if (report === null) return
      const first = report.documents[0] ?? report.opened[0]
      if (first !== undefined) model.show(first)
      const brought = report.documents.length + report.opened.length
      const isWhole = report.failures.length === 0 && report.leftOut.length === 0 && !report.cancelled
      if (brought === 1 && isWhole) close()
      else show({ kind: 'done', report })
    } catch (error) {
      close()
      throw error
    } finally {
      stop()
    }
  }

  function close(): void {
    model.importing.set(null)
    if (model.dialog.get() === 'import') model.dialog.set(null)
  }

  return {
    choose: () => run((task) => api.call('library.import', task)),
    drop: (files) => run((task) => api.drop(task, files)),
  }
}
