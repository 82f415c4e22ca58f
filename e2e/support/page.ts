/** Where things are on a page, by the roles and names that people and screen readers find them by. */
import { expect, type Locator, type Page } from '@playwright/test'

export const body = (page: Page): Locator => page.getByRole('textbox', { name: 'Document body' })
export const title = (page: Page): Locator => page.getByRole('textbox', { name: 'Title' })
export const state = (page: Page): Locator => page.getByRole('status', { name: 'Document state' })
export const library = (page: Page): Locator => page.getByRole('navigation', { name: 'Library' })
export const documentList = (page: Page): Locator => page.getByRole('list', { name: 'Documents' })
export const newDocument = (page: Page): Locator => library(page).getByRole('button', { name: 'New document' })

/** Resolves when the window shows what it came up with and hears keys. */
export async function ready(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
}

/** Chooses light or dark in the settings, by keyboard and click. */
export async function chooseTheme(page: Page, name: 'Light' | 'Dark'): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByRole('radio', { name, exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** Resolves when everything typed is on disk, as the window itself says. */
export async function saved(page: Page): Promise<void> {
  // The words leave a short "Saving…" out, so that they don't flicker; the attribute does not.
  await expect(state(page)).toHaveAttribute('data-save', 'saved')
  // "Not saved" has a small s.
  await expect(state(page)).toContainText('Saved')
}

/** Makes a document and types its title and text; resolves when they are saved. */
export async function write(page: Page, heading: string, text: string): Promise<void> {
  await newDocument(page).click()
  await expect(body(page)).toHaveText('')
  await title(page).fill(heading)
  await body(page).click()
  await page.keyboard.type(text)
  await expect(body(page)).toContainText(text)
  await saved(page)
}

/** The text of the document's body, one line a block. */
export function bodyText(page: Page): Promise<string> {
  return body(page).innerText()
}

/** Presses a key that takes the focus on, and waits for it: it goes a moment after, and a key that came sooner would miss it. */
export async function goOn(page: Page, key: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  const before = await focused()
  await page.keyboard.press(key)
  await expect.poll(focused).not.toBe(before)
}
