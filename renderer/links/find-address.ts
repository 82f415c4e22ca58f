/** Web and mail addresses among typed words. */
import { safeHref } from '../../shared/document/safe-href.ts'

export interface FoundAddress {
  /** The words that are the address, without the punctuation around them. */
  readonly text: string
  /** Where they begin, in UTF-16 units. */
  readonly start: number
  readonly href: string
}

/** What may stand right before an address: nothing, a space, an opening bracket or quotation mark. */
const OPENERS = /^[([{<“”„‘‚"'«»—–]*/u
const WEB = /^(?:https?:\/\/|www\.(?=[^.]))[^\s<>"]+$/iu
const MAIL = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,}$/u
/** What ends a sentence or a quotation, not an address. */
const ENDINGS = /[.,:;!?…*_~'"’”“‘»«]$/u
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** The address at the end of a text, or null. Names without `https://`, `www.` or an `@` are words: `readme.md` is no address. */
export function addressAtEnd(text: string): FoundAddress | null {
  const word = /\S+$/u.exec(text)
  if (word === null) return null
  const opened = OPENERS.exec(word[0])?.[0].length ?? 0
  const address = withoutEnding(word[0].slice(opened))
  const href = hrefOf(address)
  return href === null ? null : { text: address, start: word.index + opened, href }
}

/** The link a bare address stands for, or null for anything else. */
export function hrefOf(address: string): string | null {
  if (MAIL.test(address)) return safeHref(`mailto:${address}`)
  if (!WEB.test(address)) return null
  const href = safeHref(/^www\./i.test(address) ? `https://${address}` : address)
  // `https://x` is somebody on the way to an address.
  return href !== null && new URL(href).hostname !== '' ? href : null
}

/** Takes off closing brackets that nothing in the address opened, and what ends a sentence. */
function withoutEnding(word: string): string {
  let address = word
  for (;;) {
    const last = address.at(-1) ?? ''
    const opener = PAIRS[last]
    const unopened = opener !== undefined && count(address, last) > count(address, opener)
    if (!unopened && !ENDINGS.test(address)) return address
    address = address.slice(0, -1)
  }
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}
