/** All windows: making, finding, remembering and closing them, and telling them what happens. */
import { BrowserWindow, Menu, nativeTheme, screen } from 'electron'
import type { Logger } from '../../main/ports.ts'
import type { Announcement, Sheaf } from '../../main/sheaf.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { isPageAddress } from '../bundle-file.ts'
import type { Bounds, DesktopStateFile, WindowMemory } from './desktop-state.ts'
import { confirmUnsaved } from '../dialogs.ts'
import { fieldMenu } from '../menus/field-menu.ts'
import { strings } from '../wording/strings.ts'
import { AppWindow, paper } from './window.ts'
import { windowPlace } from './window-place.ts'

/** A page that failed this often within a minute is not loaded again. */
const FAILURES_ALLOWED = 3
const MINUTE = 60_000
/** Chromium's ERR_ABORTED: the page stays where it is. */
const NAVIGATION_REFUSED = -3

export interface WindowsOptions {
  readonly sheaf: Sheaf
  readonly state: DesktopStateFile
  readonly logger: Logger
  readonly preload: string
  readonly devtools: boolean
}

export class Windows {
  readonly #options: WindowsOptions
  readonly #windows = new Map<number, AppWindow>()
  readonly #releases = new Set<Promise<void>>()
  #closing = new Map<AppWindow, Promise<boolean>>()
  #quitting = false

  constructor(options: WindowsOptions) {
    this.#options = options
    options.sheaf.subscribe((announcement) => this.#announce(announcement))
    nativeTheme.on('updated', () => {
      for (const window of this.#windows.values())
        window.browser.setBackgroundColor(paper(nativeTheme.shouldUseDarkColors))
    })
  }

  get all(): readonly AppWindow[] {
    return [...this.#windows.values()]
  }

  /** The window in front, or else the one made last; null when there is none. */
  get front(): AppWindow | null {
    const focused = BrowserWindow.getFocusedWindow()
    return (focused && this.#windows.get(focused.id)) ?? this.all.at(-1) ?? null
  }

  /** The window whose page has these web contents, or null. */
  of(contents: Electron.WebContents): AppWindow | null {
    return this.all.find((window) => window.browser.webContents === contents) ?? null
  }

  /** Opens a window on a document; without one the window decides itself what it shows first. */
  open(documentId: DocumentId | null, memory: WindowMemory | null = null, problem: string | null = null): AppWindow {
    const window = new AppWindow({
      place: windowPlace(workAreas(), memory?.bounds ?? null, this.#windows.size),
      maximised: memory?.maximised ?? false,
      documentId,
      problem,
      dark: nativeTheme.shouldUseDarkColors,
      zoom: this.#options.sheaf.settings.get().zoom,
      preload: this.#options.preload,
      devtools: this.#options.devtools,
    })
    this.#windows.set(window.id, window)
    this.#watch(window)
    this.remember()
    window.load().catch((error: unknown) => this.#options.logger.error('window.not-loaded', error))
    return window
  }

  /** Opens the windows of the last run again, or a first one. */
  reopen(): void {
    const remembered = this.#options.state.state.windows
    for (const memory of remembered) this.open(memory.documentId, memory)
    if (remembered.length === 0) this.open(null)
  }

  /** Shows the window in front, or opens those of the last run again. */
  present(): void {
    if (this.front === null) this.reopen()
    else this.front.present()
  }

  /** Shows a document: in the window that shows it already, else in the one in front, else in a new one. */
  show(documentId: DocumentId): void {
    const showing = this.all.find((window) => window.documentId === documentId)
    const window = showing ?? this.front ?? this.open(documentId)
    if (window !== showing) {
      // Before its page has asked, a window is told by what it finds when it asks.
      window.documentId = documentId
      if (window.started) window.send('window.show', { documentId })
    }
    window.present()
  }

  /** Asks in front of the person whether to join by this link. */
  invite(link: string): void {
    const window = this.front ?? this.open(null)
    if (window.started) window.send('window.invited', { link })
    else window.invitation = link
    window.present()
  }

  /** Says in front of the person that something did not work. */
  tell(message: string): void {
    const window = this.front
    if (window === null) {
      this.open(null, null, message)
      return
    }
    if (window.started) window.send('window.problem', { message })
    else window.problem = message
    window.present()
  }

  /** Writes down where the windows stand, for the next start. */
  remember(): void {
    // The last windows to close are the ones to come back, so closing them forgets nothing.
    if (this.#quitting || this.#windows.size === 0) return
    this.#options.state.change({ windows: this.all.map(memoryOf) })
  }

  /** Closes all windows after they have saved. False when the person keeps one open. */
  async closeAll(): Promise<boolean> {
    this.remember()
    this.#quitting = true
    const closed = await Promise.all(this.all.map((window) => this.#close(window)))
    this.#quitting = closed.every(Boolean)
    if (!this.#quitting) this.remember()
    await Promise.all(this.#releases)
    return this.#quitting
  }

  #announce(announcement: Announcement): void {
    const { name, payload, to, except } = announcement
    for (const window of this.all) {
      if (name === 'settings.changed') window.zoom(payload.zoom)
      if ((to !== undefined && window.id !== to) || window.id === except) continue
      window.send(name, payload)
    }
  }

  #watch(window: AppWindow): void {
    const { browser } = window
    const remember = () => this.remember()
    for (const event of ['moved', 'resized', 'move', 'resize', 'maximize', 'unmaximize'] as const)
      browser.on(event as 'resize', remember)
    browser.on('close', (event) => {
      if (window.mayClose) return
      event.preventDefault()
      this.#close(window).catch((error: unknown) => this.#options.logger.error('window.not-closed', error))
    })
    browser.on('closed', () => {
      this.#windows.delete(window.id)
      this.#release(window)
      this.remember()
    })
    browser.webContents.on('did-start-navigation', (details) => {
      if (!details.isMainFrame || details.isSameDocument) return
      // The page that held documents is gone; the one that comes opens them itself.
      window.started = false
      this.#release(window)
    })
    // The runtime lets a page go to an empty one without asking; nothing of ours is heard from there.
    const comeBack = (address: string) => {
      if (isPageAddress(address)) return
      this.#options.logger.info('window.led-away')
      window.load().catch((error: unknown) => this.#options.logger.error('window.not-loaded', error))
    }
    browser.webContents.on('did-navigate', (_event, address) => comeBack(address))
    browser.webContents.on('did-fail-load', (_event, code, _description, address, isMainFrame) => {
      if (isMainFrame && code !== NAVIGATION_REFUSED) comeBack(address)
    })
    browser.webContents.on('context-menu', (_event, params) => {
      const items = fieldMenu(params)
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window: browser })
    })
    // Ctrl and the wheel.
    browser.webContents.on('zoom-changed', (_event, direction) =>
      window.send('menu.command', { command: direction === 'in' ? 'view.zoomIn' : 'view.zoomOut' }),
    )
    this.#recover(window)
  }

  /** Loads a page whose process is gone again: all it had is in the store. */
  #recover(window: AppWindow): void {
    const failures: number[] = []
    const { webContents } = window.browser
    webContents.on('render-process-gone', (_event, details) => {
      if (details.reason === 'clean-exit') return
      this.#options.logger.info('window.page-gone', { reason: details.reason, exitCode: details.exitCode })
      failures.push(Date.now())
      const recent = failures.filter((time) => Date.now() - time < MINUTE)
      if (recent.length > FAILURES_ALLOWED) {
        this.tell(strings.problems.windowFailed)
        return
      }
      window.started = false
      this.#release(window)
      webContents.reload()
    })
    webContents.on('unresponsive', () => this.#options.logger.info('window.unresponsive'))
  }

  #release(window: AppWindow): void {
    for (const documentId of window.held) {
      const release = this.#options.sheaf.documents
        .release(documentId, window.id)
        .catch((error: unknown) => this.#options.logger.error('document.not-released', error))
        .finally(() => this.#releases.delete(release))
      this.#releases.add(release)
    }
    window.held.clear()
  }

  /** True once the window is closed, false when the person keeps it open. A second request joins the first. */
  #close(window: AppWindow): Promise<boolean> {
    const closing = this.#closing.get(window) ?? this.#closeOnce(window).finally(() => this.#closing.delete(window))
    this.#closing.set(window, closing)
    return closing
  }

  async #closeOnce(window: AppWindow): Promise<boolean> {
    const flushed = await window.flush()
    if (window.browser.isDestroyed()) return true
    if (!flushed && !(await confirmUnsaved(window.browser))) return false
    window.mayClose = true
    if (!window.browser.isDestroyed()) window.browser.destroy()
    return true
  }
}

function memoryOf(window: AppWindow): WindowMemory {
  return {
    bounds: window.browser.getNormalBounds(),
    maximised: window.browser.isMaximized(),
    documentId: window.documentId,
  }
}

/** The parts of the screens that windows may cover, the primary screen first. */
function workAreas(): readonly Bounds[] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  return [primary, ...others].map((display) => display.workArea)
}
