/**
 * What Sheaf needs from the world around it. `create-sheaf.ts` takes one set of these; the desktop app, the command
 * line, tests and benches each bring their own.
 */

import type { Language } from '../shared/languages.ts'
import type { Hubs, HubsParts } from './network/hubs.ts'

/** Milliseconds since 1970. Times are facts for people; nothing is ever ordered or decided by them. */
export interface Clock {
  now(): number
}

/** Wraps secrets before they touch the disk. `wrap` then `unwrap` gives the same bytes, on this installation only. */
export interface KeyVault {
  /** How secrets are kept, shown to the person: by the system's keyring, or only by the rights on a file. */
  readonly protection: 'system' | 'file-rights'
  wrap(secret: Uint8Array): Uint8Array
  unwrap(wrapped: Uint8Array): Uint8Array
}

/** Moves a file to the system's trash. */
export interface SystemTrash {
  discard(path: string): Promise<void>
}

export interface Folders {
  /** Private data of this installation: stores, keys, settings, the derived index. */
  readonly data: string
  /** Where the library is when the person has not picked a folder. */
  readonly defaultLibrary: string
}

/** One line a fact; never document text, titles, links or keys. */
export interface Logger {
  info(event: string, facts?: Record<string, string | number | boolean>): void
  error(event: string, cause: unknown, facts?: Record<string, string | number | boolean>): void
}

export interface Ports {
  readonly clock: Clock
  readonly vault: KeyVault
  readonly systemTrash: SystemTrash
  readonly folders: Folders
  readonly logger: Logger
  /** The person's name as the system knows it, until they set another. */
  readonly accountName: string
  /** Version of this program, written into files. */
  readonly appVersion: string
  /** Folders of Hunspell dictionaries (see `spelling/dictionary-folders.ts`); the first that has a language counts. None unless said. */
  readonly dictionaryFolders?: readonly string[]
  /** The ways to others; none unless said, and then documents stay on this computer. */
  readonly hubs?: (parts: HubsParts) => Hubs
  /** What the first document is written in; English unless said. */
  readonly language?: Language
}
