/**
 * A relay that lies to one device: it goes back in time, keeps back, drops, changes, doubles, forges rows, shows another
 * chain or another document. Each lie is noticed or harms nothing, and whoever is honest mends what it did.
 */
import { DocumentReplica } from '../../main/replication/document-replica.ts'
import { LogDocument } from '../../main/replication/log-document.fixture.ts'
import { MemoryNetwork, NO_FAULTS } from '../../main/replication/memory-transport.ts'
import type { Replica } from '../../main/replication/replica.ts'
import { Replicator } from '../../main/replication/replicator.ts'
import { SharedDocument, someone } from '../../main/replication/shared-document.fixture.ts'
import type { Link } from '../../main/replication/transport.ts'
import { toHex } from '../../shared/ids.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../shared/protocol/frames.ts'
import type { Notice } from '../../shared/protocol/session-state.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { honestRecords, ShelteredReplica } from './sheltered-replica.ts'

type Told = Notice['kind']

interface Lie {
  /** What the device must be told; null for a lie that does nothing. */
  readonly noticed: Told | null
  /** What becomes of a frame on its way from the relay. */
  readonly change?: (frame: Frame, random: Random) => readonly Frame[]
}

const asIs = (frame: Frame): readonly Frame[] => [frame]
const changedByte = (bytes: Uint8Array, random: Random): Uint8Array => {
  const at = random.below(bytes.length)
  return bytes.with(at, (bytes[at] ?? 0) ^ (1 << random.below(8)))
}

export const LIES: Readonly<Record<string, Lie>> = {
  'an older copy': { noticed: 'rolled-back' },
  'another chain': { noticed: 'chain-forked' },
  'another document': {
    noticed: 'parted',
    change: (frame) => [frame.op === 'hello' ? { ...frame, documentId: frame.documentId.toReversed() } : frame],
  },
  'records kept back': {
    noticed: 'withheld',
    change: (frame) => (frame.op === 'records' || frame.op === 'piece' ? [] : [frame]),
  },
  'rows kept back': { noticed: null, change: (frame) => (frame.op === 'chain' ? [] : [frame]) },
  'a changed envelope': {
    noticed: 'refused',
    change: (frame, random) => {
      if (frame.op !== 'records') return [frame]
      const at = random.below(frame.envelopes.length)
      return [{ ...frame, envelopes: frame.envelopes.map((one, i) => (i === at ? changedByte(one, random) : one)) }]
    },
  },
  'a changed row': {
    noticed: 'refused',
    change: (frame, random) =>
      frame.op === 'chain'
        ? [{ ...frame, rows: frame.rows.map((row) => ({ ...row, op: changedByte(row.op, random) })) }]
        : [frame],
  },
  'records without their beginning': {
    noticed: null,
    change: (frame) =>
      frame.op === 'records' && frame.envelopes.length > 1
        ? [{ ...frame, envelopes: frame.envelopes.slice(1) }]
        : [frame],
  },
  'everything twice': { noticed: null, change: (frame) => (frame.op === 'hello' ? [frame] : [frame, frame]) },
}

export function lieTo(seed: number, judgement: Judgement): void {
  const [random, suite] = [seededRandom(seed), seededSuite(seed)]
  const names = Object.keys(LIES)
  // Every lie comes round, whatever the seed.
  const name = names[seed % names.length] ?? ''
  const { noticed, change = asIs } = LIES[name] ?? { noticed: null }
  const shared = new SharedDocument(suite)
  const { documentId } = shared
  const guest = someone(suite)
  shared.rotate()
  const key = shared.keyFor(guest.member.publicKey)
  shared.change({ type: 'add', root: guest.root.publicKey, member: guest.member.publicKey, role: 'editor', key })
  const [current] = shared.epochs
  if (current === undefined) throw new Error('An epoch began.')
  const keys = { current, all: new Map([[1, current]]) }
  const all = honestRecords(suite, documentId, random)
  const some = all.slice(0, random.below(all.length))
  const invite = { type: 'invite', role: 'editor', uses: 1, expires: 1, approval: false } as const
  const rowsBefore = shared.chain.slice()
  shared.change({ ...invite, invite: suite.random(32) })
  const other = { ...invite, invite: suite.random(32) }
  const otherRows = [...rowsBefore, branch(shared, rowsBefore, other)]

  const network = new MemoryNetwork(random, NO_FAULTS)
  const told: (Notice & { readonly peer: string })[] = []
  const join = (as: string, replica: Replica, wrap: (link: Link) => Link = (link) => link): Replicator => {
    const tell = (peer: string, notice: Notice | { kind: 'failed' }): void => {
      if (as === 'device' && notice.kind !== 'failed') told.push({ ...notice, peer })
    }
    const replicator = new Replicator({ suite, documentId, replica, clock: { now: () => network.now }, tell })
    network.transport(as).start((link) => replicator.meet(wrap(link)))
    return replicator
  }
  const replicaOf = (rows = shared.chain, records: readonly SignedRecord[] = all): DocumentReplica =>
    new DocumentReplica(suite, documentId, new LogDocument(suite, rows, records), () => keys)
  const isLate = name === 'an older copy'
  const isOtherChain = name === 'another chain'
  const device = new ShelteredReplica(suite, isOtherChain ? shared.chain : rowsBefore, keys, some)
  const replicators = [join('device', device.replica)]
  const lying = (link: Link): Link => ({
    peer: link.peer,
    member: null,
    send: (bytes) => {
      const frame = decodeFrame(bytes)
      if (typeof frame === 'string') throw new Error('An honest replica sends frames.')
      for (const one of change(frame, random)) link.send(encodeFrame(one))
    },
    listen: (listener) => link.listen(listener),
    close: () => link.close(),
  })
  const pass = (milliseconds: number): void => {
    for (let passed = 0; passed < milliseconds; passed += 250) {
      network.pass(250)
      for (const replicator of replicators) replicator.tick()
    }
  }
  replicators.push(join('relay', replicaOf(isOtherChain ? otherRows : shared.chain), lying))
  pass(name === 'records kept back' ? 40_000 : 4000)
  if (isLate) {
    network.crash('relay')
    replicators.push(join('relay', replicaOf(shared.chain, all.slice(0, random.below(all.length - 1))), lying))
    // Once the device has noticed that it was left alone.
    network.transport('device').start((link) => void replicators[0]?.meet(link))
    pass(1000)
  }
  const isLacking = some.length < all.length
  const isDue = noticed !== null && (isLacking || !['records kept back', 'a changed envelope'].includes(name))
  judgement.equal(
    `${name} was noticed`,
    told.some(({ kind }) => kind === noticed),
    isDue,
  )
  const good = new Set(all.map(({ recId }) => toHex(recId)))
  judgement.equal(`${name} brought a record nobody signed`, device.ids().filter((id) => !good.has(id)).length, 0)
  const rows = device.document.chain().rows
  const isOurs = rows.every(({ hash }, at) => toHex(hash) === toHex(shared.chain[at]?.hash ?? hash))
  judgement.equal(`${name} brought a row nobody appended`, isOurs, true)

  // Somebody honest is met: all is well, and nobody honest was accused.
  network.crash('relay')
  replicators.push(join('honest', replicaOf()))
  pass(8000)
  judgement.equal(`${name} could not be mended`, device.ids().length, all.length)
  judgement.equal(`${name} cost a row`, device.document.chain().rows.length, shared.chain.length)
  const accused = told.filter(({ peer, kind }) => peer === 'honest' && kind !== 'met' && kind !== 'in-step')
  const unjust = accused.filter(({ kind }) =>
    ['refused', 'rolled-back', 'withheld', 'chain-forked', 'parted'].includes(kind),
  )
  judgement.equal(`${name} made an honest peer look like a liar`, unjust.length, 0)
}

/** Another row in the place of the last one, signed by somebody who may. */
function branch(
  shared: SharedDocument,
  rows: SharedDocument['chain'],
  change: Parameters<SharedDocument['change']>[0],
): SharedDocument['chain'][number] {
  const last = shared.chain.splice(rows.length)
  const row = shared.link(shared.founder.member, change)
  shared.chain.push(...last)
  return row
}
