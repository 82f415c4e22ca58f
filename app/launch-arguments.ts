/** What a command line, a double click or a link asks of the app. Everything it does not know it ignores. */
import path from 'node:path'

/** The `.sheaf` files named on a command line, as absolute paths; switches, links and all other words are ignored. */
export function documentPaths(argv: readonly string[], folder: string): string[] {
  return argv
    .filter((word) => !word.startsWith('-') && !/^[a-z][a-z0-9+.-]+:/i.test(word) && /[^/\\]\.sheaf$/i.test(word))
    .map((word) => path.resolve(folder, word))
}

/** An invitation as a link carries it: what stands behind `sheaf://i#`. */
export interface Invitation {
  readonly token: string
}

/** Reads a `sheaf:` link: exactly `sheaf://i#` and 1 to 500 letters, digits, hyphens or underscores; null for all else. */
export function parseDeepLink(link: unknown): Invitation | null {
  if (typeof link !== 'string' || link.length > 512) return null
  const token = /^sheaf:\/\/i\/?#([A-Za-z0-9_-]{1,500})$/.exec(link)?.[1]
  return token === undefined ? null : { token }
}
