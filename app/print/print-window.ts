/**
 * The hidden window that sets a document on paper: sandboxed, without scripts, on a session of its own. It is made for
 * one document and is gone when that is done, cancelled or failed.
 */
import { BrowserWindow } from 'electron'
import { SheafError } from '../../shared/errors.ts'
import { marginTemplates, type PrintPage } from './print-page.ts'
import type { PrintSession } from './print-session.ts'

/** Says that the page stands and is being set now. */
type OnLoaded = () => void

/** The document as PDF. Throws `cancelled` when the signal says so, at whatever moment. */
export function pdfOf(
  print: PrintSession,
  page: PrintPage,
  signal: AbortSignal,
  onLoaded: OnLoaded,
): Promise<Uint8Array> {
  return inWindow(print, page, signal, async ({ webContents }) => {
    onLoaded()
    const { header, footer } = page.paper
    return await webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      displayHeaderFooter: header || footer,
      ...marginTemplates(page),
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    })
  })
}

/** Hands the document to the system's print dialog. False when the person cancels there. */
export function printWithDialog(print: PrintSession, page: PrintPage, signal: AbortSignal): Promise<boolean> {
  return inWindow(
    print,
    page,
    signal,
    ({ webContents }) =>
      new Promise((resolve, reject) => {
        webContents.print({ printBackground: true }, (printed, reason) => {
          if (printed || /cancel/i.test(reason)) resolve(printed)
          else reject(new SheafError('unsupported', 'The system could not print. Is a printer set up?', { reason }))
        })
      }),
  )
}

async function inWindow<T>(
  print: PrintSession,
  page: PrintPage,
  signal: AbortSignal,
  work: (window: BrowserWindow) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw cancelled()
  const address = print.offer(page)
  const window = new BrowserWindow({
    show: false,
    // Paper is light, whatever the theme.
    backgroundColor: '#ffffff',
    webPreferences: {
      session: print.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  })
  // A window that is gone answers nothing any more, so who waits must not wait for it.
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()), { once: true })
    window.webContents.once('render-process-gone', () =>
      reject(new SheafError('too-big', 'This document is too large to be set on paper in one piece.')),
    )
  })
  try {
    const setting = async (): Promise<T> => {
      await window.loadURL(address)
      print.assertWhole(address)
      const done = await work(window)
      // What loads late, as pictures far below do, is asked for while it is set.
      print.assertWhole(address)
      return done
    }
    return await Promise.race([setting(), stopped])
  } finally {
    print.withdraw(address)
    if (!window.isDestroyed()) window.destroy()
  }
}

function cancelled(): SheafError {
  return new SheafError('cancelled', 'That was cancelled, and nothing was written.')
}
