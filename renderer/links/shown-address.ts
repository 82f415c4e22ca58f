/**
 * An address as it is shown before anybody follows it: in the plain letters it is asked for with, so that a name in letters
 * that look like others (`xn--…`) shows what it is, its host apart from the rest.
 */
import { safeHref } from '../../shared/document/safe-href.ts'
import { hrefOf } from './find-address.ts'

export type Misgiving =
  /** A name stands before the host, which makes another host out of it for who reads quickly. */
  | 'hidden-name'
  /** The linked words are an address of their own, and lead elsewhere. */
  | 'other-host'
  /** Letters of other scripts are in the name of the host. */
  | 'foreign-letters'

export interface ShownAddress {
  /** The host of a web address, a mail address without its extras. */
  readonly host: string
  /** All of it. */
  readonly full: string
  readonly misgivings: readonly Misgiving[]
}

/** Names of hosts without more, under endings that people know; `Node.js` is a word. */
const BARE =
  /^(?:[\p{L}\p{N}-]+\.)+(?:com|org|net|edu|gov|info|io|app|dev|eu|at|be|ca|ch|cn|co|cz|de|dk|es|fi|fr|in|it|jp|nl|no|nz|pl|ru|se|ua|uk|us)(?:\/\S*)?$/iu

/** What to show of a link's address and the words it stands on; null for one that can't be followed. */
export function shownAddress(href: unknown, words: string): ShownAddress | null {
  const safe = safeHref(href)
  if (safe === null) return null
  const url = new URL(safe)
  const isMail = url.protocol === 'mailto:'
  const misgivings: Misgiving[] = []
  if (url.username !== '' || url.password !== '') misgivings.push('hidden-name')
  if (!isMail && /(?:^|\.)xn--/.test(url.hostname)) misgivings.push('foreign-letters')
  const named = namedHost(words)
  if (named !== null && named !== (isMail ? url.pathname : plainHost(url))) misgivings.push('other-host')
  return { host: isMail ? url.pathname : url.host, full: safe, misgivings }
}

/** The host that linked words name when they are an address themselves. */
function namedHost(words: string): string | null {
  const text = words.trim()
  const bare = BARE.test(text) ? `https://${text}` : null
  const href = hrefOf(text) ?? (bare === null ? null : safeHref(bare))
  if (href === null) return null
  const url = new URL(href)
  return url.protocol === 'mailto:' ? url.pathname : plainHost(url)
}

function plainHost({ hostname }: URL): string {
  return hostname.replace(/^www\./, '')
}
