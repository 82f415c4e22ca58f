/** Long work of the main process as a window follows it: its number, how far it is, and the way to end it. */
import { useEffect, useState } from 'react'
import type { SheafEvents, TaskNumber } from '../../shared/ipc/contract.ts'
import type { SheafApi } from '../sheaf-api.ts'

let made = 0

/** A number this window has not used. */
export function newTask(): TaskNumber {
  made += 1
  return made
}

export type TaskProgress = SheafEvents['task.progress']

/** How far the task is; null before it has said so, and while there is none. */
export function useProgress(api: SheafApi, task: TaskNumber | null): TaskProgress | null {
  const [progress, setProgress] = useState<TaskProgress | null>(null)
  useEffect(
    () =>
      api.on('task.progress', (next) => {
        if (next.task === task) setProgress(next)
      }),
    [api, task],
  )
  return progress !== null && progress.task === task ? progress : null
}
