/** One window: a page of ours in a frame of the system's, and what the shell has to know about it. */
import { BrowserWindow } from 'electron'
import type { WindowId } from '../../main/sheaf.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { EVENT_CHANNEL, type EventName, type SheafEvents } from '../../shared/ipc/contract.ts'
import { PAGE_ADDRESS } from '../bundle-file.ts'
import type { Bounds } from './desktop-state.ts'
import { strings } from '../wording/strings.ts'
import { wordedEvent } from '../wording/wording.ts'
import { SMALLEST } from './window-place.ts'

/** Milliseconds a closing window has for saving what is unsaved. */
const FLUSH_LIMIT = 3000
/** Milliseconds for which what a page asks for can be what a person just chose there. */
const LATELY = 2000
/** What a person does, of all that the system reports. */
const ACTS: ReadonlySet<string> = new Set(['rawKeyDown', 'keyDown', 'mouseDown', 'mouseUp', 'touchStart', 'gestureTap'])
/** The page's own background (light, dark), so that nothing flashes before its first picture. */
const PAPER = { light: '#fdfcfa', dark: '#1c1b19' } as const

export interface WindowOptions {
  readonly place: Bounds
  readonly maximised: boolean
  readonly documentId: DocumentId | null
  readonly problem: string | null
  readonly dark: boolean
  /** In percent. */
  readonly zoom: number
  readonly preload: string
  readonly devtools: boolean
}

export function paper(dark: boolean): string {
  return dark ? PAPER.dark : PAPER.light
}

export class AppWindow {
  readonly id: WindowId
  readonly browser: BrowserWindow
  /** The document the window shows, or is about to show. */
  documentId: DocumentId | null
  /** What went wrong on the way to this window; said once, by its first page. */
  problem: string | null
  /** An invite link that was opened; asked about once, by its first page. */
  invitation: string | null = null
  /** Whether the page has asked what to show, and so hears events. */
  started = false
  /** Set once the window may go without being asked again. */
  mayClose = false
  /** The documents this window's page holds open in the main process. */
  readonly held = new Set<DocumentId>()
  #flushed: (() => void) | null = null
  #actedAt = Number.NEGATIVE_INFINITY

  constructor(options: WindowOptions) {
    this.browser = new BrowserWindow({
      ...options.place,
      minWidth: SMALLEST.width,
      minHeight: SMALLEST.height,
      show: false,
      title: strings.appName,
      backgroundColor: paper(options.dark),
      webPreferences: {
        preload: options.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        devTools: options.devtools,
        zoomFactor: options.zoom / 100,
        // Words typed while another window is in front are still saved at once.
        backgroundThrottling: false,
      },
    })
    this.id = this.browser.id
    this.documentId = options.documentId
    this.problem = options.problem
    this.browser.webContents.on('input-event', (_event, { type }) => {
      if (ACTS.has(type)) this.#actedAt = Date.now()
    })
    // The page's <title> is not the window's: the shell names the window after its document.
    this.browser.on('page-title-updated', (event) => event.preventDefault())
    this.browser.once('ready-to-show', () => {
      if (options.maximised) this.browser.maximize()
      this.browser.show()
    })
  }

  /** Whether a person pressed a key or a button here in the last two seconds, as the system says and not the page. */
  get hasActedLately(): boolean {
    return Date.now() - this.#actedAt < LATELY
  }

  load(): Promise<void> {
    return this.browser.loadURL(PAGE_ADDRESS)
  }

  /** Tells the page something. Does nothing when the window is gone. */
  send<N extends EventName>(name: N, payload: SheafEvents[N]): void {
    if (this.browser.isDestroyed() || this.browser.webContents.isDestroyed()) return
    this.browser.webContents.send(EVENT_CHANNEL, name, wordedEvent(name, payload))
  }

  /** Draws the whole window in another size, in percent. */
  zoom(percent: number): void {
    if (this.browser.isDestroyed() || this.browser.webContents.zoomFactor === percent / 100) return
    this.browser.webContents.setZoomFactor(percent / 100)
  }

  /** Asks the page to save what is unsaved. True when it says it has, false when it did not within three seconds. */
  flush(): Promise<boolean> {
    if (!this.started || this.browser.webContents.isCrashed()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const late = setTimeout(() => done(false), FLUSH_LIMIT)
      const done = (flushed: boolean) => {
        clearTimeout(late)
        this.#flushed = null
        resolve(flushed)
      }
      this.#flushed = () => done(true)
      this.send('window.flush', {})
    })
  }

  /** The page has saved everything. */
  flushed(): void {
    this.#flushed?.()
  }

  /** Brings the window in front of the others. */
  present(): void {
    if (this.browser.isMinimized()) this.browser.restore()
    this.browser.show()
    this.browser.focus()
  }

  shows(documentId: DocumentId | null, title: string, path: string | null): void {
    this.documentId = documentId
    const name = documentId === null ? '' : title.trim() || strings.file.untitled
    // macOS shows the app's name elsewhere already.
    const suffix = process.platform === 'darwin' ? '' : ` — ${strings.appName}`
    this.browser.setTitle(name === '' ? strings.appName : name + suffix)
    if (process.platform === 'darwin') this.browser.setRepresentedFilename(path ?? '')
  }
}
