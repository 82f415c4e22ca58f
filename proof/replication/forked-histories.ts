/** Two histories that one writer signed: what both begin with is the same, what follows is not. */
import * as Y from 'yjs'
import { Writer } from '../../main/log/writer.ts'
import type { CryptoSuite, KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { certifyWriter, type SignedRecord, ZERO_ID } from '../../shared/log/record.ts'
import { randomEdit } from '../merge/random-edit.ts'
import { type Random, seededRandom } from '../seeded-random.ts'

export function forkedHistories(
  suite: CryptoSuite,
  documentId: Uint8Array,
  random: Random,
  by: { readonly member: KeyPair; readonly knows: number } | null = null,
): readonly [readonly SignedRecord[], readonly SignedRecord[]] {
  const secrets = { seed: suite.random(32), salt: suite.random(32) }
  const [alike, common] = [random.below(2 ** 31), random.below(3)]
  const history = (): SignedRecord[] => {
    const { publicKey } = suite.keyPair(secrets.seed)
    const certificate = by === null ? null : certifyWriter(suite, documentId, publicKey, by.member, 'Twice')
    const start = { seq: 0, prev: ZERO_ID, named: new Map() }
    const writer = new Writer(suite, documentId, secrets, start, certificate, () => by?.knows ?? 0)
    const doc = new Y.Doc()
    doc.clientID = writer.clientId(0)
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const write = (times: number, chance: Random): SignedRecord[] =>
      Array.from({ length: times }, () => {
        randomEdit(doc, chance)
        const drafts = updates.splice(0).map((update) => ({ instance: 0, stream: 0, update, at: 0 }))
        return drafts.length === 0 ? [] : writer.seal(drafts, new Map())
      }).flat()
    return [...write(common, seededRandom(alike)), ...write(1 + random.below(3), random)]
  }
  return [history(), history()]
}
