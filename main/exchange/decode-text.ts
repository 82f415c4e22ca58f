/** A text file's bytes as text: UTF-8, UTF-16 with a byte order mark, or, when it is neither, Windows-1252. */
import { SheafError } from '../../shared/errors.ts'

/** Throws `unsupported` for what is not text. `guessed` says that the encoding could not be told for sure. */
export function decodeText(bytes: Uint8Array): { text: string; guessed: boolean } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), guessed: false }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), guessed: false }
  if (bytes.includes(0)) throw new SheafError('unsupported', 'This is not a text file.')
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: false }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return { text: new TextDecoder('windows-1252').decode(bytes), guessed: true }
  }
}
