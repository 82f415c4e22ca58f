/** Long work that windows asked for: it tells how far it is, and ends when its window says so or is gone. */
import type { AppWindow } from '../windows/window.ts'

export interface Task {
  readonly signal: AbortSignal
  /** Tells the window: `done` of `all`, and the name of what is being done, or ''. */
  progress(done: number, all: number, doing?: string): void
}

export class Tasks {
  readonly #running = new Map<AppWindow, Map<number, AbortController>>()

  /** Does the work under a number the window chose, by which it cancels it. */
  async run<T>(window: AppWindow, task: number, work: (task: Task) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    const ofWindow = this.#running.get(window) ?? new Map<number, AbortController>()
    this.#running.set(window, ofWindow)
    ofWindow.set(task, controller)
    const cancel = () => controller.abort()
    window.browser.once('closed', cancel)
    try {
      return await work({
        signal: controller.signal,
        progress: (done, all, doing = '') => window.send('task.progress', { task, done, all, doing }),
      })
    } finally {
      window.browser.off('closed', cancel)
      ofWindow.delete(task)
      if (ofWindow.size === 0) this.#running.delete(window)
    }
  }

  /** Does nothing when the work has ended already. */
  cancel(window: AppWindow, task: number): void {
    this.#running.get(window)?.get(task)?.abort()
  }
}
