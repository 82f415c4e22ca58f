import { expect, it } from 'vitest'
import { toHex } from '../../../shared/ids.ts'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { decodeMessage, encodeMessage, type LanMessage, MAX_TAGS } from './lan-message.ts'

const [member, proof] = [suite.random(32), suite.random(64)]
const MESSAGES: readonly LanMessage[] = [
  { op: 'ping' },
  { op: 'pong' },
  { op: 'tags', tags: [] },
  { op: 'tags', tags: Array.from({ length: 32 }, () => toHex(suite.random(16))) },
  { op: 'open', channel: 1, tag: toHex(suite.random(16)), member, proof },
  { op: 'opened', channel: 2 ** 32 - 1, member, proof },
  { op: 'frame', channel: 7, bytes: suite.random(100) },
  { op: 'close', channel: 0, parting: 'doubled' },
  { op: 'ask', question: 3, bytes: suite.random(10) },
  { op: 'answer', question: 3, isLast: false, bytes: suite.random(10) },
]

it('LAN-25: a message comes back as it was said', () => {
  for (const message of MESSAGES) expect(decodeMessage(encodeMessage(message))).toEqual(message)
})

it('LAN-25: whatever the bytes, they are one message in one meaning or none', () => {
  for (const message of MESSAGES) {
    const bytes = encodeMessage(message)
    for (let length = 0; length < bytes.length; length++) {
      const cut = decodeMessage(bytes.subarray(0, length))
      if (cut !== null) expect(encodeMessage(cut)).toEqual(bytes.subarray(0, length))
    }
  }
  for (let round = 0; round < 3000; round++) {
    const bytes = suite.random(round % 150)
    bytes[0] = round % 11
    const message = decodeMessage(bytes)
    if (message !== null) expect(encodeMessage(message)).toEqual(bytes)
  }
  expect(decodeMessage(new Uint8Array(1 + 16 * (MAX_TAGS + 1)).fill(3, 0, 1))).toBeNull()
})
