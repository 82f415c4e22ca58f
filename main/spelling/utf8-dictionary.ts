/** A Hunspell dictionary in UTF-8, whatever it was written in: many are still in the encodings of their time. */
import { SheafError } from '../../shared/errors.ts'

export interface DictionaryText {
  readonly aff: Uint8Array
  readonly dic: Uint8Array
}

/** Hunspell's names of encodings that the web has under others. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'microsoft-cp1251': 'windows-1251', 'tis620-2533': 'tis-620' }

/** The same bytes when they are UTF-8 already. Throws `unsupported` for an encoding nobody here knows, and for what is no dictionary. */
export function utf8Dictionary({ aff, dic }: DictionaryText): DictionaryText {
  // The first line says how many words there are.
  if (!/^(?:\u00EF\u00BB\u00BF)?\s*\d+/.test(new TextDecoder('latin1').decode(dic.subarray(0, 40))))
    throw new SheafError('unsupported', 'This file is no spelling dictionary.')
  const head = new TextDecoder('latin1').decode(aff)
  const encoding = (/^SET[ \t]+(\S+)/m.exec(head)?.[1] ?? 'ISO8859-1').toLowerCase()
  if (encoding === 'utf-8') return { aff, dic }
  const decoder = decoderOf(encoding)
  const rules = decoder.decode(aff).replace(/^SET[ \t].*$/m, '')
  // A flag is one sign: of other encodings one byte, and that has become more than one.
  const flags = /^FLAG[ \t]/m.test(rules) ? '' : 'FLAG UTF-8\n'
  const encoder = new TextEncoder()
  return { aff: encoder.encode(`SET UTF-8\n${flags}${rules}`), dic: encoder.encode(decoder.decode(dic)) }
}

function decoderOf(encoding: string): { decode(bytes: Uint8Array): string } {
  const label = OTHER_NAMES[encoding] ?? encoding.replace(/^iso-?8859-?(\d+)$/, 'iso-8859-$1')
  try {
    return new TextDecoder(label)
  } catch (cause) {
    throw new SheafError(
      'unsupported',
      'The spelling dictionary is written in an encoding Sheaf does not know.',
      {},
      { cause },
    )
  }
}
