/** A second window on the document that the first one shows. */
import type { ElectronApplication, Page } from '@playwright/test'
import { call } from './bridge.ts'

export async function openSecondWindow(electron: ElectronApplication, page: Page): Promise<Page> {
  const opening = electron.waitForEvent('window')
  const { value } = await call(page, 'window.start')
  await call(page, 'window.open', (value as { documentId: string }).documentId)
  return opening
}
