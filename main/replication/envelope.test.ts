import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { describe, expect, it } from 'vitest'
import { concat } from '../../shared/crypto/crypto-suite.ts'
import { type EpochKey, epochCommitment, recordKey } from '../../shared/crypto/epoch-key.ts'
import { toHex } from '../../shared/ids.ts'
import { RECORD_TYPE, type SignedRecord, signRecord, verifyRecord, ZERO_ID } from '../../shared/log/record.ts'
import { openEnvelope, readEnvelope, sealRecord } from '../../shared/protocol/envelope.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'

const documentId = suite.hash(Uint8Array.of(7))
const first = epochKey(1)
const second = epochKey(2)
const keys = new Map([first, second].map((key) => [key.epoch, key]))

function epochKey(epoch: number): EpochKey {
  return { epoch, key: suite.random(32) }
}

function record(length: number): SignedRecord {
  const content = { type: RECORD_TYPE.update, stream: 0, seq: 1, prev: ZERO_ID, payload: suite.random(length) }
  return signRecord(suite, documentId, suite.keyPair(suite.random(32)), content)
}

describe('envelope', () => {
  it('SEAL-2: gives back the very record that was sealed, of any length', () => {
    for (const length of [0, 1, 59, 60, 61, 1019, 1020, 1021, 5000, 300_000]) {
      const sealed = record(length)
      expect(openEnvelope(suite, documentId, keys, sealRecord(suite, documentId, first, sealed))).toEqual(sealed)
    }
  })

  it('SEAL-3: is refused with any one bit changed', () => {
    const bytes = sealRecord(suite, documentId, first, record(160))
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = bytes.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openEnvelope(suite, documentId, keys, changed), `bit ${bit}`).toBeTypeOf('string')
    }
  })

  it('SEAL-3: is refused cut off anywhere, and with a byte more', () => {
    const bytes = sealRecord(suite, documentId, first, record(10))
    for (let length = 0; length < bytes.length; length++) {
      expect(openEnvelope(suite, documentId, keys, bytes.slice(0, length))).toBe('malformed')
    }
    expect(openEnvelope(suite, documentId, keys, concat(bytes, Uint8Array.of(0)))).toBe('malformed')
  })

  it('SEAL-3: says why it is refused', () => {
    const bytes = sealRecord(suite, documentId, first, record(10))
    const newer = bytes.slice()
    newer[0] = 2
    expect(openEnvelope(suite, documentId, keys, newer)).toBe('too-new')
    expect(openEnvelope(suite, suite.random(32), keys, bytes)).toBe('other-document')
    expect(openEnvelope(suite, documentId, new Map([[2, second]]), bytes)).toBe('unknown-epoch')
    expect(openEnvelope(suite, documentId, new Map([[1, epochKey(1)]]), bytes)).toBe('forged')
  })

  it('SEAL-3: is refused when its padding is not exactly ours, even under the right key', () => {
    const sealed = readEnvelope(documentId, sealRecord(suite, documentId, first, record(10)))
    if (typeof sealed === 'string') throw new Error(sealed)
    const header = sealRecord(suite, documentId, first, record(10)).subarray(0, 207)
    const key = recordKey(suite, documentId, first)
    const put = (plaintext: Uint8Array): unknown => {
      const ciphertext = suite.encrypt(plaintext, header, sealed.nonce, key)
      const length = Uint8Array.of(ciphertext.length, 0, 0, 0)
      return openEnvelope(suite, documentId, keys, concat(header, sealed.nonce, length, ciphertext))
    }
    const padded = (length: number, size: number): Uint8Array => {
      const plaintext = new Uint8Array(size)
      plaintext[0] = length
      return plaintext
    }
    expect(put(padded(10, 64))).toMatchObject({ payload: new Uint8Array(10) })
    expect(put(padded(10, 128))).toBe('malformed')
    expect(put(padded(61, 64))).toBe('malformed')
    expect(put(padded(10, 64).fill(1, 63))).toBe('malformed')
    expect(put(new Uint8Array(0))).toBe('malformed')
  })

  it('SEAL-5: any member renews it for a later epoch, and id and signature still hold', () => {
    const sealed = record(100)
    const opened = openEnvelope(suite, documentId, keys, sealRecord(suite, documentId, first, sealed))
    if (typeof opened === 'string') throw new Error(opened)
    const renewed = sealRecord(suite, documentId, second, opened)
    const again = openEnvelope(suite, documentId, new Map([[2, second]]), renewed)
    if (typeof again === 'string') throw new Error(again)
    expect(again).toEqual(sealed)
    expect(verifyRecord(suite, documentId, again)).toBe(true)
  })

  it('SEAL-1: keys, commitments and ciphertexts are what an independent implementation makes of them', () => {
    const named = (name: string, ...parts: Uint8Array[]): Uint8Array =>
      blake2b(concat(new TextEncoder().encode(`sheaf/${name}\0`), ...parts), { dkLen: 32 })
    const epoch = Uint8Array.of(2, 0, 0, 0)
    const key = named('epoch-record/1', second.key, documentId, epoch)
    expect(toHex(recordKey(suite, documentId, second))).toBe(toHex(key))
    expect(toHex(epochCommitment(suite, documentId, second))).toBe(
      toHex(named('epoch-commitment/1', documentId, epoch, second.key)),
    )
    const sealed = record(5)
    const bytes = sealRecord(suite, documentId, second, sealed)
    const plaintext = xchacha20poly1305(key, bytes.slice(207, 231), bytes.slice(0, 207)).decrypt(bytes.slice(235))
    expect(toHex(plaintext)).toBe(toHex(concat(Uint8Array.of(5, 0, 0, 0), sealed.payload, new Uint8Array(55))))
  })

  it('SEAL-6: says nothing in the clear of what is in it', () => {
    const payload = new TextEncoder().encode('words nobody else may read, said at some length')
    const content = { type: RECORD_TYPE.update, stream: 0, seq: 1, prev: ZERO_ID, payload }
    const signed = signRecord(suite, documentId, suite.keyPair(suite.random(32)), content)
    const bytes = sealRecord(suite, documentId, first, signed)
    expect(Buffer.from(bytes).includes('words')).toBe(false)
    expect(bytes.length).toBe(sealRecord(suite, documentId, first, record(20)).length)
  })
})
