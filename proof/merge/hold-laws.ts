/** The laws of merging, held against one case. Each comparison that fails gives one sentence. */
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { RecordLog } from '../../main/log/record-log.ts'
import type { SheafFileContent } from '../../main/storage/sheaf-file.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { readShape } from '../../shared/document/document-shape.ts'
import { fromHex } from '../../shared/ids.ts'
import { addInPieces, foldEveryWay, foldFile, shuffled } from './fold-ways.ts'
import { hostileRecords } from './hostile-records.ts'
import type { MergeCase } from './merge-case.ts'
import { detachedReplica, fingerprint, ports } from './replica.ts'

/** Orders in which all published copies are merged, and hostile merges tried. */
const ORDERS = 5
const HOSTILE = 3

export class Judgement {
  checks = 0
  readonly breaches: string[] = []

  equal(what: string, found: unknown, expected: unknown): void {
    this.checks += 1
    if (found !== expected) this.breaches.push(`${what}: ${brief(found)} instead of ${brief(expected)}`)
  }
}

/** Answers how many records stand on a branch that is not folded. */
export async function holdLaws(one: MergeCase, judgement: Judgement, folder: string): Promise<number> {
  const union = mergeAll(one, one.published)
  judgement.equal('replicas that hear of each other at once differ', one.differences, 0)
  holdOrders(one, union, judgement)
  holdFixedPoint(one, union, judgement)
  if (!one.twins) {
    judgement.equal('merging gives other words than live editing', canonicalJson(readShape(one.live)), union.json)
    const { documentId } = union.content
    // Some with their runs open: more pieces, and more that must wait.
    for (const records of [union.content.records, mergeAll(one, one.shared).content.records]) {
      const pieces = addInPieces(one.suite, documentId, records, one.random)
      judgement.equal('records added in pieces', pieces.records, fingerprint(records))
      judgement.equal('records folded in pieces', pieces.json, union.json)
    }
  }
  // Of a fork, the end of a run may be a branch of its own: then the rows alone are another set.
  const rows = (one.twins ? [...one.shared, ...one.published] : one.shared).flatMap((content) => [...content.records])
  const folded = foldEveryWay(one.suite, union.content, rows, one.random)
  if (one.random.below(5) === 0) folded.push(await foldFile(one.suite, union.content, folder))
  for (const { way, json } of folded) judgement.equal(`folding, ${way}`, json, union.json)
  for (let i = 0; i < HOSTILE; i++) holdAgainstHostility(one, union, judgement)
  const log = new RecordLog(one.suite, fromHex(union.content.documentId))
  log.add(union.content.records)
  if (!one.twins) judgement.equal('records nobody forked stand beside the chain', log.forks(), 0)
  return log.forks()
}

interface Union {
  readonly content: SheafFileContent
  readonly records: string
  readonly json: string
}

function mergeAll(one: MergeCase, contents: readonly SheafFileContent[]): Union {
  const [first, ...others] = contents
  if (first === undefined) throw new Error('There is nothing to merge.')
  const document = DetachedDocument.from(ports(one.suite), first)
  for (const other of others) document.merge(other)
  return {
    content: document.content(),
    records: fingerprint(document.records()),
    json: canonicalJson(document.shape()),
  }
}

function holdOrders(one: MergeCase, union: Union, judgement: Judgement): void {
  for (let order = 0; order < ORDERS; order++) {
    const contents = shuffled(one.published, one.random)
    const again = mergeAll(one, contents)
    judgement.equal('merging in another order gives other records', again.records, union.records)
    judgement.equal('merging in another order gives another text', again.json, union.json)
    const at = 1 + one.random.below(contents.length - 1)
    const grouped = mergeAll(
      one,
      [contents.slice(0, at), contents.slice(at)].map((group) => mergeAll(one, group).content),
    )
    judgement.equal('merging in groups gives other records', grouped.records, union.records)
    judgement.equal('merging in groups gives another text', grouped.json, union.json)
  }
  const twice = mergeAll(one, [union.content, ...one.published, union.content, ...one.shared])
  judgement.equal('merging again gives other records', twice.records, union.records)
  judgement.equal('merging again gives another text', twice.json, union.json)
}

function holdFixedPoint(one: MergeCase, union: Union, judgement: Judgement): void {
  for (const replica of one.replicas) {
    for (const content of shuffled(one.published, one.random))
      judgement.equal('a copy', replica.merge(content), 'taken')
    judgement.equal('a replica that merged all copies has another text', replica.json(), union.json)
    judgement.equal('a replica that merged all copies keeps other records', fingerprint(replica.kept()), union.records)
  }
  for (const replica of one.replicas) {
    for (const other of one.replicas) if (other !== replica) replica.merge(other.share())
    judgement.equal('merging goes on for ever', fingerprint(replica.kept()), union.records)
    judgement.equal('a text changes without a record', replica.json(), union.json)
  }
}

function holdAgainstHostility(one: MergeCase, union: Union, judgement: Judgement): void {
  const id = fromHex(union.content.documentId)
  const { what, records } = hostileRecords(one.suite, id, union.content.records, one.random)
  const hostile = { ...union.content, records }
  const empty = detachedReplica(one.suite, { ...union.content, records: [] })
  judgement.equal(`${what}, to one who has nothing`, empty.merge(hostile), 'refused')
  judgement.equal(`${what} was added`, empty.kept().length, 0)
  const replica = one.random.pick(one.replicas)
  replica.merge(hostile)
  judgement.equal(`${what} changed what is kept`, fingerprint(replica.kept()), union.records)
  judgement.equal(`${what} changed the text`, replica.json(), union.json)
}

function brief(value: unknown): string {
  const text = String(value)
  return text.length <= 400 ? text : `${text.slice(0, 400)}…`
}
