/** What a command line, a double click or a link asks of the app. Everything it does not know it ignores. */
import path from 'node:path'

/** The scheme the system opens in Sheaf. */
export const LINK_SCHEME = 'sheaf'

/** The longest link that is looked at, in characters. */
const LONGEST_LINK = 512

/** The `.sheaf` files named on a command line, as absolute paths; switches, links and all other words are ignored. */
export function documentPaths(argv: readonly string[], folder: string): string[] {
  return argv
    .filter((word) => !word.startsWith('-') && !/^[a-z][a-z0-9+.-]+:/i.test(word) && /[^/\\]\.sheaf$/i.test(word))
    .map((word) => path.resolve(folder, word))
}

/**
 * An invite link from outside, in its one form, or null for all else: exactly `sheaf://i#` and letters, digits, hyphens
 * or underscores. What stands in it, the window reads and shows before anything happens.
 */
export function inviteLink(link: unknown): string | null {
  if (typeof link !== 'string' || link.length > LONGEST_LINK) return null
  // A browser may put the slash in that an address has after its host.
  const token = /^sheaf:\/\/i\/?#([A-Za-z0-9_-]+)$/.exec(link)?.[1]
  return token === undefined ? null : `sheaf://i#${token}`
}

/** The first invite link on a command line, or null. */
export function inviteOf(argv: readonly string[]): string | null {
  for (const word of argv) {
    const link = inviteLink(word)
    if (link !== null) return link
  }
  return null
}
