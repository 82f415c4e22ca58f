/** Documents on their way out: to a file the person names, or to paper. What goes out is what was there at the request. */
import path from 'node:path'
import { shell } from 'electron'
import { exportFile } from '../../main/exchange/convert-document.ts'
import { type PrintedArticle, printedArticle } from '../../main/exchange/printed-article.ts'
import type { DocumentForReading, Sheaf } from '../../main/sheaf.ts'
import { diskError } from '../../main/storage/disk-error.ts'
import { replaceFile } from '../../main/storage/replace-file.ts'
import { SheafError } from '../../shared/errors.ts'
import type { OfferedFormat } from '../../shared/exchange/formats.ts'
import type { Paper } from '../../shared/exchange/paper.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { ExportChoice } from '../../shared/ipc/contract.ts'
import { chooseExport } from '../dialogs.ts'
import type { PrintPage } from '../print/print-page.ts'
import type { PrintSession } from '../print/print-session.ts'
import { pdfOf, printWithDialog } from '../print/print-window.ts'
import { spokenLanguage, strings } from '../wording/strings.ts'
import type { Task } from './tasks.ts'
import type { AppWindow } from '../windows/window.ts'
import { wordedLoss } from '../wording/wording.ts'

/** What a person sees of an export's way: collecting the text, setting it, writing the file. */
const STEPS = 3

export class Exports {
  readonly #sheaf: Sheaf
  readonly #print: PrintSession
  /** The file each window exported last. */
  readonly #written = new WeakMap<AppWindow, string>()

  constructor(sheaf: Sheaf, print: PrintSession) {
    this.#sheaf = sheaf
    this.#print = print
  }

  /** What the format can not hold of this document, one phrase each, in the language spoken now. */
  async losses(documentId: DocumentId, format: OfferedFormat): Promise<readonly string[]> {
    const document = await this.#sheaf.documents.forReading(documentId)
    const { losses } = format === 'pdf' ? printed(document) : await exportFile(document.shape, format, document.picture)
    return losses.map(wordedLoss)
  }

  /**
   * Asks where, and writes the file whole or not at all. Answers its name, or null when the person chose no place.
   * Throws `cancelled` when the task is.
   */
  async export(
    window: AppWindow,
    documentId: DocumentId,
    { format, paper }: ExportChoice,
    task: Task,
  ): Promise<string | null> {
    // First of all, so that what is written while the dialog stands is not in it.
    const document = await this.#sheaf.documents.forReading(documentId)
    const file = await chooseExport(window.browser, this.#nameOf(documentId), format)
    if (file === null) return null
    task.progress(0, STEPS)
    const content =
      format === 'pdf'
        ? await pdfOf(this.#print, this.#page(document, paper, false), task.signal, () => task.progress(1, STEPS))
        : (await exportFile(document.shape, format, document.picture)).content
    if (task.signal.aborted) throw new SheafError('cancelled', 'That was cancelled, and nothing was written.')
    task.progress(2, STEPS)
    try {
      await replaceFile(file, content)
    } catch (cause) {
      throw diskError(cause, 'The document could not be exported.')
    }
    this.#written.set(window, file)
    return path.basename(file)
  }

  /** Shows the system's print dialog. False when the person cancels there. */
  async print(documentId: DocumentId, paper: Paper, task: Task): Promise<boolean> {
    const document = await this.#sheaf.documents.forReading(documentId)
    return await printWithDialog(this.#print, this.#page(document, paper, true), task.signal)
  }

  /** Shows what the window exported last in the system's file manager. */
  reveal(window: AppWindow): void {
    const file = this.#written.get(window)
    if (file !== undefined) shell.showItemInFolder(file)
  }

  #page(document: DocumentForReading, paper: Paper, marginBoxes: boolean): PrintPage {
    return {
      article: printed(document),
      paper,
      face: this.#sheaf.settings.get().textFace,
      untitled: strings.file.untitled,
      language: spokenLanguage(),
      marginBoxes,
      picture: document.picture,
    }
  }

  #nameOf(documentId: DocumentId): string {
    const file = this.#sheaf.library.pathOfDocument(documentId)
    return file === null ? strings.file.untitled : path.basename(file, path.extname(file))
  }
}

/** As it goes onto paper; its pictures are served beside the page. */
function printed({ shape, picture }: DocumentForReading): PrintedArticle {
  return printedArticle(shape, (name) => (picture(name) === null ? null : `./image/${name}`))
}
