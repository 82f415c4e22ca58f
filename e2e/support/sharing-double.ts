/**
 * A main process whose answers about sharing a test puts in, so that every state of the window can be looked at without
 * other computers. All other calls reach the real one. How sharing itself works is proved elsewhere, on real parts.
 */
import type { ElectronApplication, Page } from '@playwright/test'

/** What is answered, by the name of the call. `documentId` is put in as the call names it. */
export type SharingAnswers = Readonly<Record<string, unknown>>

interface Double {
  answers: Record<string, unknown>
  readonly calls: [string, unknown[]][]
}

/** Puts answers in, beside those that were put in before. */
export async function answerSharing(electron: ElectronApplication, answers: SharingAnswers): Promise<void> {
  await electron.evaluate(({ ipcMain }, next) => {
    const place = globalThis as unknown as { sharingDouble?: Double }
    if (place.sharingDouble !== undefined) {
      Object.assign(place.sharingDouble.answers, next)
      return
    }
    const double: Double = { answers: { ...next }, calls: [] }
    place.sharingDouble = double
    type Handler = (event: unknown, name: string, args: unknown[]) => unknown
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    const real = handlers.get('sheaf:call')
    ipcMain.removeHandler('sheaf:call')
    ipcMain.handle('sheaf:call', (event: unknown, name: string, args: unknown[]) => {
      if (!(name in double.answers)) return real?.(event, name, args)
      double.calls.push([name, args])
      const answer = double.answers[name]
      if (answer === 'never') return new Promise(() => undefined)
      const named = typeof answer === 'object' && answer !== null && 'documentId' in answer
      return { ok: true, value: named ? { ...answer, documentId: args[0] } : answer }
    })
  }, answers)
}

/** Announces something to every window, as the main process does. */
export function announce(electron: ElectronApplication, name: string, payload: unknown): Promise<void> {
  return electron.evaluate(
    ({ BrowserWindow }, [event, value]) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send('sheaf:event', event, value)
    },
    [name, payload] as const,
  )
}

/** The calls that were answered here, in their order. */
export function askedOfDouble(electron: ElectronApplication): Promise<[string, unknown[]][]> {
  return electron.evaluate(() => (globalThis as unknown as { sharingDouble?: Double }).sharingDouble?.calls ?? [])
}

/** The id of the document on the page, as the window last asked about it. */
export async function shownDocument(page: Page, electron: ElectronApplication): Promise<string> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
  const calls = await askedOfDouble(electron)
  const asked = calls.findLast(([name]) => name === 'sharing.get')?.[1][0]
  return typeof asked === 'string' ? asked : ''
}
