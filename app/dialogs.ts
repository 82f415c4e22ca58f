/** The system's dialogs: files to open and write, and the two questions Sheaf asks. A cancelled one answers null. */
import { type BrowserWindow, dialog } from 'electron'
import { IMPORT_ENDINGS, type OfferedFormat } from '../shared/exchange/formats.ts'
import type { ExternalLink } from './safety/external-link.ts'
import { strings } from './wording/strings.ts'

const sheafFiles = () => [{ name: strings.dialogs.sheafFiles, extensions: ['sheaf'] }]
const importFiles = () => [{ name: strings.dialogs.importFiles, extensions: [...IMPORT_ENDINGS] }]

/** The window a dialog belongs to; null when none stands. */
type Owner = BrowserWindow | null

async function chooseFile(owner: Owner, options: Electron.OpenDialogOptions): Promise<string | null> {
  const shown = owner === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(owner, options)
  const { canceled, filePaths } = await shown
  return canceled ? null : (filePaths[0] ?? null)
}

export function chooseDocument(window: Owner, folder: string): Promise<string | null> {
  return chooseFile(window, {
    title: strings.dialogs.open,
    defaultPath: folder,
    filters: sheafFiles(),
    properties: ['openFile'],
  })
}

export function chooseMovedDocument(window: BrowserWindow, folder: string): Promise<string | null> {
  return chooseFile(window, {
    title: strings.dialogs.locate,
    defaultPath: folder,
    filters: sheafFiles(),
    properties: ['openFile'],
  })
}

/** Any number of files; none when the person cancelled. */
export async function chooseImports(owner: Owner): Promise<readonly string[]> {
  const options: Electron.OpenDialogOptions = {
    title: strings.dialogs.import,
    filters: importFiles(),
    properties: ['openFile', 'multiSelections'],
  }
  const shown = owner === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(owner, options)
  const { canceled, filePaths } = await shown
  return canceled ? [] : filePaths
}

export function chooseDictionary(window: BrowserWindow): Promise<string | null> {
  return chooseFile(window, {
    title: strings.dialogs.dictionary,
    filters: [{ name: strings.dialogs.dictionaryFiles, extensions: ['dic', 'aff'] }],
    properties: ['openFile'],
  })
}

export function chooseLibraryFolder(window: BrowserWindow, folder: string): Promise<string | null> {
  return chooseFile(window, {
    title: strings.dialogs.chooseLibrary,
    defaultPath: folder,
    properties: ['openDirectory', 'createDirectory'],
  })
}

/** Where an export goes; `name` is the document's file name without its ending. */
export async function chooseExport(window: BrowserWindow, name: string, format: OfferedFormat): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: strings.dialogs.exportAs,
    defaultPath: `${name}.${format}`,
    filters: [{ name: strings.formats[format], extensions: [format] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled || filePath === '' ? null : filePath
}

/** Shows where a link leads. True when the person opens it. */
export async function confirmLink(window: BrowserWindow, link: ExternalLink): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: strings.dialogs.linkQuestion(link.target),
    detail: strings.dialogs.linkDetail(link.href.slice(0, 300)),
    buttons: [strings.dialogs.openLink, strings.dialogs.cancel],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

/** True when the person closes a window that could not save its last changes. */
export async function confirmUnsaved(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: strings.dialogs.unsavedQuestion,
    detail: strings.dialogs.unsavedDetail,
    buttons: [strings.dialogs.keepOpen, strings.dialogs.closeAnyway],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}
