/**
 * A file's content held against everything it claims: that every entry is what its writer signed, that chains have no
 * holes, and that the ready-made text in it says what the entries say. Reads only; nothing is repaired.
 */
import * as Y from 'yjs'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { blobHash } from '../../shared/document/flow-node-specs.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { type DocumentShape, readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { type Genesis, readGenesis } from '../../shared/log/genesis.ts'
import { compareHeads, decodeHeads, type Heads } from '../../shared/log/heads.ts'
import { verifyCertificate } from '../../shared/log/record.ts'
import { readChain } from '../../shared/membership/chain.ts'
import type { LogRecord } from '../log/closed-run.ts'
import { foldInto, foldOrder } from '../log/fold.ts'
import { type Refusal, RecordLog } from '../log/record-log.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import { describeContent } from './describe-content.ts'
import { CountingRecords } from './counting-records.ts'
import { isIntact } from './image-blob.ts'

/** A `problem` is something wrong with the file; a `note` is only worth knowing. */
export interface Finding {
  readonly severity: 'problem' | 'note'
  readonly sentence: string
}

export interface Examination {
  readonly findings: readonly Finding[]
  /** What the sound entries say. */
  readonly shape: DocumentShape
  readonly entries: number
  readonly writers: number
}

const REFUSALS: Record<Refusal, string> = {
  'bad-signature': 'not what their writers signed',
  'bad-body': 'unreadable',
  'bad-run': 'closed runs that do not give back what they stand for',
  'foreign-ids': 'written under someone else’s ids',
  'too-large': 'larger than any Sheaf writes',
  gap: 'cut off from the entries before them',
}

/**
 * Examines a file's content. `appVersion` is this program's: a readable copy that the same version made must be, letter
 * for letter, what the entries say; another version may have printed them in another way.
 */
export function examineDocument(suite: CryptoSuite, content: SheafFileContent, appVersion: string): Examination {
  const findings: Finding[] = []
  const problem = (sentence: string): void => {
    findings.push({ severity: 'problem', sentence })
  }
  const note = (sentence: string): void => {
    findings.push({ severity: 'note', sentence })
  }
  const genesis = foundation(suite, content)
  if (genesis === null) problem('The first entry, which gives the document its identity, is damaged or forged.')
  const chain = readChain(
    suite,
    content.members.map(({ op, hash, sig }) => ({ op, hash, sig })),
  )
  const membership = 'refusal' in chain ? null : chain.membership
  if (genesis !== null && 'refusal' in chain) {
    if (chain.refusal === 'newer') note('It is shared in a way that this version can’t check.')
    else problem(`What it says about who may write in it is not signed by those who may say so (entry ${chain.row}).`)
  }

  const log = new RecordLog(suite, fromHex(content.documentId))
  const { refused } = log.add(content.records)
  for (const [reason, words] of Object.entries(REFUSALS)) {
    const count = refused.filter((one) => one.reason === reason).length
    if (count > 0) problem(`${count} ${count === 1 ? 'entry is' : 'entries are'} ${words}.`)
  }
  const forks = log.forks()
  if (forks > 0) note(`${forks} ${forks === 1 ? 'entry stands' : 'entries stand'} on a branch that is not shown.`)

  const doc = createSteadyDocument()
  const chains = log.chains()
  const counting = membership === null ? null : new CountingRecords(suite, log, () => membership)
  const waiting = counting?.objections().size ?? 0
  if (waiting > 0)
    note(
      `${waiting} ${waiting === 1 ? 'entry waits' : 'entries wait'} for an editor to let ${waiting === 1 ? 'it' : 'them'} in.`,
    )
  foldInto(doc, foldOrder(counting?.within(chains) ?? chains), 0)
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    problem('Entries are missing on which others depend; the text is shown as far as it goes.')
  }
  const shape = readShape(doc)
  // Caches are only as good as the entries: with those damaged, they are expected to differ.
  checkImages(suite, content, shape, problem)
  if (refused.length === 0) checkCaches(content, log.heads(), shape, appVersion, problem, note)

  const vouchedFor = (writer: string, chain: readonly LogRecord[]): boolean => {
    const certificate = chain.find((record) => record.body.cert !== undefined)?.body.cert
    if (certificate === undefined || membership?.periods.has(toHex(certificate.member)) !== true) return false
    return verifyCertificate(suite, fromHex(content.documentId), fromHex(writer), certificate)
  }
  const unverified = [...chains].filter(([writer, chain]) => !vouchedFor(writer, chain)).length
  if (unverified > 0) {
    note(
      `${unverified} ${unverified === 1 ? 'writer is' : 'writers are'} not verified: nobody vouches for who wrote there.`,
    )
  }
  const entries = [...chains.values()].reduce((sum, chain) => sum + chain.length, 0)
  return { findings, shape, entries, writers: chains.size }
}

function checkImages(
  suite: CryptoSuite,
  { blobs }: SheafFileContent,
  { content }: DocumentShape,
  problem: (sentence: string) => void,
): void {
  const intact = blobs.filter((blob) => isIntact(suite, blob))
  const damaged = blobs.length - intact.length
  if (damaged > 0) problem(`${damaged} ${damaged === 1 ? 'picture is' : 'pictures are'} damaged.`)
  const held = new Set(intact.map(({ hash }) => toHex(hash)))
  const named = content.map((node) =>
    'node' in node && node.node === 'image' ? blobHash(node.attributes['blob']) : null,
  )
  const missing = new Set(named.filter((name) => name !== null && !held.has(name))).size
  if (missing > 0) problem(`${missing} ${missing === 1 ? 'picture is' : 'pictures are'} not in the file.`)
}

function foundation(suite: CryptoSuite, content: SheafFileContent): Genesis | null {
  const first = content.members[0]
  if (first === undefined || first.seq !== 0 || toHex(first.hash) !== content.documentId) return null
  return readGenesis(suite, first)
}

function checkCaches(
  content: SheafFileContent,
  heads: Heads,
  shape: DocumentShape,
  appVersion: string,
  problem: (sentence: string) => void,
  note: (sentence: string) => void,
): void {
  if (content.title !== shape.title) problem('The title beside the text is not the title in its entries.')
  const cache = content.state.find(({ stream }) => stream === 0)
  if (cache === undefined) note('It holds no ready-made text; it will be made again.')
  else {
    const at = decodeHeads(cache.heads)
    if (at === null || compareHeads(at, heads) !== 'equal') problem('The ready-made text is not of the newest entry.')
    else if (!saysTheSame(cache.body, shape)) problem('The ready-made text does not say what the entries say.')
  }
  const { previews } = describeContent({
    documentId: content.documentId,
    appVersion: content.appVersion,
    changedAt: content.changedAt,
    members: content.members,
    records: content.records,
    heads,
    state: new Uint8Array(),
    shape,
    blobs: [],
  })
  for (const kind of ['text/markdown', 'text/html', 'text/plain'] as const) {
    if (content.previews[kind] === undefined) note(`It holds no copy as ${kind}; it will be made again.`)
    else if (content.previews[kind] === previews[kind]) continue
    else if (content.appVersion === appVersion)
      problem(`The readable copy (${kind}) does not say what the entries say.`)
    else
      note(
        `The readable copy (${kind}), made by Sheaf ${content.appVersion}, differs from what this version would write.`,
      )
  }
}

function saysTheSame(state: Uint8Array, shape: DocumentShape): boolean {
  const doc = createSteadyDocument()
  try {
    Y.applyUpdate(doc, state)
  } catch {
    // Whatever Yjs stumbles over, the bytes are not a state.
    return false
  }
  return canonicalJson(readShape(doc)) === canonicalJson(shape)
}
