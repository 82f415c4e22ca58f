/** What people do who write together: how one invites and another comes, through the window and the bridge. */
import { expect, type Page } from '@playwright/test'
import { call } from './bridge.ts'
import { body, bodyText } from './page.ts'

/** Milliseconds until what one wrote stands on another's page, on a busy machine. */
export const ARRIVES = { timeout: 30_000 }

/** What the main process answers; throws its sentence when it refuses. */
export async function ask<T>(page: Page, name: string, ...args: unknown[]): Promise<T> {
  const outcome = await call(page, name, ...args)
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error?.message}`)
  return outcome.value as T
}

export interface Ways {
  readonly relay: string | null
  readonly lan: boolean
}

/** Shares what the page shows by these ways alone, and answers an invite for so many. */
export async function invite(page: Page, ways: Ways, uses: number, role = 'editor'): Promise<string> {
  const { documentId } = await ask<{ documentId: string }>(page, 'window.start')
  await ask(page, 'sharing.setWays', documentId, ways)
  const wish = { role, uses, hours: 24, approval: false }
  const { link } = await ask<{ link: string }>(page, 'sharing.invite', documentId, wish)
  return link
}

/** Runs a command from the palette. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
}

/** Takes an invite as one does: the palette, the paste box, and yes. */
export async function join(page: Page, link: string): Promise<void> {
  await command(page, 'Join a document')
  const dialog = page.getByRole('dialog', { name: 'Join a document' })
  await dialog.getByRole('textbox', { name: 'Invite link' }).fill(link)
  await dialog.getByRole('button', { name: 'Join', exact: true }).click()
  await dialog.getByRole('button', { name: 'Open' }).click({ timeout: 60_000 })
  await expect(dialog).toHaveCount(0)
}

export async function typeAtEnd(page: Page, words: string): Promise<void> {
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
}

export async function sameText(pages: readonly Page[]): Promise<void> {
  await expect.poll(async () => new Set(await Promise.all(pages.map(bodyText))).size, ARRIVES).toBe(1)
}
