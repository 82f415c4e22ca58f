/**
 * Recovery words: what a person writes down once, from which their keys are made again. Twelve words stand for 16 random
 * bytes; an installation older than the words has a root of 32 bytes, which is 24.
 */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import { domain } from '../crypto/crypto-suite.ts'
import { SheafError } from '../errors.ts'

const ROOT_DOMAIN = domain('user-root/1')
export const ENTROPY_BYTES = 16
const OLD_ROOT = 32

/** The root key's seed that 16 bytes stand for; 32 bytes are one. */
export function rootOf(suite: CryptoSuite, entropy: Uint8Array): Uint8Array {
  return entropy.length === OLD_ROOT ? entropy : suite.hash(ROOT_DOMAIN, entropy)
}

export function wordsOf(entropy: Uint8Array): string {
  return entropyToMnemonic(entropy, wordlist)
}

/** Throws `invalid-argument` unless they are 12 or 24 words that were written down from here, in their order. */
export function entropyOf(words: string): Uint8Array {
  const said = words
    .trim()
    .toLowerCase()
    .split(/[\s,;.]+/)
  const strange = said.filter((word) => !wordlist.includes(word))
  if (said.length !== 12 && said.length !== 24)
    throw new SheafError('invalid-argument', `Recovery words are 12 or 24; these are ${said.length}.`)
  if (strange.length > 0)
    throw new SheafError('invalid-argument', `“${strange[0] ?? ''}” is not one of the words; please look for a slip.`)
  try {
    return mnemonicToEntropy(said.join(' '), wordlist)
  } catch (cause) {
    throw new SheafError(
      'invalid-argument',
      'One of these words is another one, or their order differs.',
      {},
      { cause },
    )
  }
}
