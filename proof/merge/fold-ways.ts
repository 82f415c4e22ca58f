/** One set of records, made into a text in every way there is; all must give the same. */
import fs from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { DocumentBody } from '../../main/documents/document-body.ts'
import { foldInto } from '../../main/log/fold.ts'
import { RecordLog } from '../../main/log/record-log.ts'
import { inspectContent } from '../../main/storage/inspect-file.ts'
import { publishSheafFile } from '../../main/storage/publish-sheaf-file.ts'
import type { SheafFileContent } from '../../main/storage/sheaf-file.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { RECORD_TYPE, type SignedRecord } from '../../shared/log/record.ts'
import type { Random } from '../seeded-random.ts'
import { fingerprint, ports } from './replica.ts'

/** Random orders in which the records of one case are folded. */
const ORDERS = 20

export interface Folded {
  readonly way: string
  readonly json: string
}

/** Texts of a content's records; `rows` are records of the same edits with other runs closed, or none. */
export function foldEveryWay(
  suite: CryptoSuite,
  content: SheafFileContent,
  rows: readonly SignedRecord[],
  random: Random,
): Folded[] {
  const id = fromHex(content.documentId)
  const folded: Folded[] = []
  const add = (way: string, doc: Y.Doc): void => {
    const json = canonicalJson(readShape(doc))
    folded.push({ way, json: doc.store.pendingStructs === null ? json : `${json} and something still waits` })
  }
  for (const [form, records] of Object.entries({ 'closed runs': content.records, rows })) {
    const log = new RecordLog(suite, id)
    log.add(records)
    const chain = [...log.chains().values()].flat()
    const updates = chain.filter((record) => record.type === RECORD_TYPE.update).map((record) => record.body.y)
    for (let order = 0; order < ORDERS / 2; order++) {
      const doc = createSteadyDocument()
      const left = shuffled(chain, random)
      while (left.length > 0) foldInto(doc, left.splice(0, 1 + random.below(left.length)), 0)
      add(`${form}, order ${order}`, doc)
    }
    const doc = createSteadyDocument()
    if (updates.length > 0) Y.applyUpdate(doc, mergeAsTree(shuffled(updates, random)))
    add(`${form}, joined as a tree`, doc)
  }
  const snapshot = createSteadyDocument()
  for (const { body } of content.state) Y.applyUpdate(snapshot, body)
  add('the file’s state', snapshot)
  folded.push({ way: 'opened', json: jsonOf(suite, content) })
  return folded
}

/** Through a real file. */
export async function foldFile(suite: CryptoSuite, content: SheafFileContent, folder: string): Promise<Folded> {
  const file = path.join(folder, 'Round trip.sheaf')
  await publishSheafFile(file, content)
  const inspected = inspectContent(file)
  fs.rmSync(file)
  return { way: 'file round trip', json: 'problem' in inspected ? inspected.problem : jsonOf(suite, inspected.value) }
}

/**
 * Adds records bit by bit, each writer's in their order, writers interleaved, and folds what came before the rest is
 * there; answers what is kept in the end, and the text.
 */
export function addInPieces(
  suite: CryptoSuite,
  documentId: string,
  records: readonly SignedRecord[],
  random: Random,
): { readonly records: string; readonly json: string } {
  const log = new RecordLog(suite, fromHex(documentId))
  const body = new DocumentBody(log, null)
  const writers = [...new Set(records.map((record) => toHex(record.writer)))]
  const queues = writers.map((writer) => records.filter((record) => toHex(record.writer) === writer))
  while (queues.length > 0) {
    const queue = random.pick(queues)
    const before = log.heads()
    const { refused } = log.add(shuffled(queue.splice(0, 1 + random.below(queue.length)), random))
    if (refused.length > 0) return { records: 'refused', json: 'refused' }
    body.foldOn(before)
    if (queue.length === 0) queues.splice(queues.indexOf(queue), 1)
  }
  return { records: fingerprint(log.records()), json: canonicalJson(body.shape()) }
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const rest = [...list]
  return Array.from(list, () => rest.splice(random.below(rest.length), 1)).flat()
}

function jsonOf(suite: CryptoSuite, content: SheafFileContent): string {
  return canonicalJson(DetachedDocument.from(ports(suite), content).shape())
}

function mergeAsTree(updates: readonly Uint8Array[]): Uint8Array {
  const [only] = updates
  if (only === undefined) throw new Error('There is nothing to join.')
  if (updates.length === 1) return only
  const middle = Math.floor(updates.length / 2)
  return Y.mergeUpdates([mergeAsTree(updates.slice(0, middle)), mergeAsTree(updates.slice(middle))])
}
