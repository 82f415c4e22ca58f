/** The system's dialogs and programs: what is asked of them, with a person's answers put in their place. */
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { call } from './bridge.ts'

/** What the stand-ins were asked for. */
export interface Asked {
  readonly questions: string[]
  readonly opened: string[]
  /** Names offered for files to write, and files shown in the file manager. */
  readonly offered: string[]
  readonly shown: string[]
}

export interface Answers {
  /** The file to open or to write; null cancels. */
  readonly file?: string | null
  /** Several files to open. */
  readonly files?: readonly string[]
  readonly button?: number
}

/** Answers the system's dialogs from now on: files to open and to write, and the button of a question. */
export async function answerDialogs(electron: ElectronApplication, answers: Answers): Promise<() => Promise<Asked>> {
  await electron.evaluate(({ dialog, shell }, { file = null, files, button = 0 }) => {
    const asked: Asked = { questions: [], opened: [], offered: [], shown: [] }
    ;(globalThis as unknown as { asked: Asked }).asked = asked
    const chosen = files === undefined ? (file === null ? [] : [file]) : [...files]
    dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen.length === 0, filePaths: chosen })
    dialog.showSaveDialog = (...args: unknown[]) => {
      asked.offered.push((args.at(-1) as { defaultPath: string }).defaultPath)
      return Promise.resolve({ canceled: file === null, filePath: file ?? '' })
    }
    dialog.showMessageBox = (...args: unknown[]) => {
      asked.questions.push((args.at(-1) as { message: string }).message)
      return Promise.resolve({ response: button, checkboxChecked: false })
    }
    shell.openExternal = (address: string) => {
      asked.opened.push(address)
      return Promise.resolve()
    }
    shell.showItemInFolder = (path: string) => void asked.shown.push(path)
  }, answers)
  return () => electron.evaluate(() => (globalThis as unknown as { asked: Asked }).asked)
}

/** The id of the one document in the library that has this title, as soon as it is there. */
export async function documentCalled(page: Page, title: string): Promise<string> {
  let documentId: string | null = null
  await expect
    .poll(async () => {
      const { value } = await call(page, 'library.get')
      const { entries } = value as { entries: { title: string; documentId: string | null }[] }
      documentId = entries.find((entry) => entry.title === title)?.documentId ?? null
      return documentId
    })
    .not.toBeNull()
  return documentId ?? ''
}

export const clickMenu = (electron: ElectronApplication, ...labels: string[]) =>
  electron.evaluate(({ Menu }, [first, ...rest]) => {
    let item = Menu.getApplicationMenu()?.items.find((each) => each.label === first)
    for (const label of rest) item = item?.submenu?.items.find((each) => each.label === label)
    if (!item) throw new Error('There is no such menu item')
    item.click()
  }, labels)
