/** What the shell remembers between runs: the windows that stood open, and the documents shown lately. */
import { readFile } from 'node:fs/promises'
import type { Logger } from '../../main/ports.ts'
import { replaceFile } from '../../main/storage/replace-file.ts'
import { type DocumentId, isDocumentId } from '../../shared/ids.ts'

/** A rectangle on the desktop, in the system's device-independent pixels. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowMemory {
  /** Where the window stands when it is neither maximised nor full screen. */
  readonly bounds: Bounds
  readonly maximised: boolean
  readonly documentId: DocumentId | null
}

export interface RecentDocument {
  readonly documentId: DocumentId
  readonly title: string
}

export interface DesktopState {
  readonly windows: readonly WindowMemory[]
  /** Last shown first. */
  readonly recent: readonly RecentDocument[]
}

const EMPTY: DesktopState = { windows: [], recent: [] }
const RECENT_KEPT = 10
const WINDOWS_KEPT = 20

/** The list with a document in front; it stands there once, under its newest title. */
export function withRecent(recent: readonly RecentDocument[], shown: RecentDocument): readonly RecentDocument[] {
  return [shown, ...recent.filter((each) => each.documentId !== shown.documentId)].slice(0, RECENT_KEPT)
}

/** Keeps the state in a file. Losing it costs a person some window places, so a file that can't be read is begun anew. */
export class DesktopStateFile {
  readonly #file: string
  readonly #logger: Logger
  #state: DesktopState
  #last: Promise<void> = Promise.resolve()
  #waiting = false

  private constructor(file: string, logger: Logger, state: DesktopState) {
    this.#file = file
    this.#logger = logger
    this.#state = state
  }

  static async open(file: string, logger: Logger): Promise<DesktopStateFile> {
    return new DesktopStateFile(file, logger, await readState(file, logger))
  }

  get state(): DesktopState {
    return this.#state
  }

  /** Takes a new state and writes it soon; states that come while one is being written are written as one. */
  change(next: Partial<DesktopState>): void {
    this.#state = { ...this.#state, ...next }
    if (this.#waiting) return
    this.#waiting = true
    this.#last = this.#last.then(async () => {
      this.#waiting = false
      try {
        await replaceFile(this.#file, JSON.stringify({ version: 1, ...this.#state }), { mode: 0o600 })
      } catch (error) {
        this.#logger.error('desktop-state.unwritten', error)
      }
    })
  }

  /** Resolves when the last change is on disk. */
  settled(): Promise<void> {
    return this.#last
  }
}

async function readState(file: string, logger: Logger): Promise<DesktopState> {
  try {
    return toState(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') logger.error('desktop-state.unread', error)
    return EMPTY
  }
}

function toState(value: unknown): DesktopState {
  const { windows, recent } = record(value)
  return {
    windows: list(windows).map(toWindow).filter(isPresent).slice(0, WINDOWS_KEPT),
    recent: list(recent).map(toRecent).filter(isPresent).slice(0, RECENT_KEPT),
  }
}

function toWindow(value: unknown): WindowMemory | null {
  const { bounds, maximised, documentId } = record(value)
  const { x, y, width, height } = record(bounds)
  if (!isCoordinate(x) || !isCoordinate(y) || !isCoordinate(width) || !isCoordinate(height)) return null
  return {
    bounds: { x, y, width, height },
    maximised: maximised === true,
    documentId: isDocumentId(documentId) ? documentId : null,
  }
}

function toRecent(value: unknown): RecentDocument | null {
  const { documentId, title } = record(value)
  return isDocumentId(documentId) && typeof title === 'string' ? { documentId, title: title.slice(0, 1000) } : null
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isPresent<T>(value: T | null): value is T {
  return value !== null
}

function isCoordinate(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < 100_000
}
