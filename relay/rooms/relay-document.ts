/**
 * A document as a relay holds it: a replica that cannot read. It checks what can be checked without a key: who signed,
 * what follows what, who may. What it says it holds is on the disk.
 */
import { fromHex, toHex } from '../../shared/ids.ts'
import { RECORD_TYPE, verifyHeader } from '../../shared/log/record.ts'
import { type Chain, chainEnd, type Followed, followRows, readChain } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { type Membership, personOf } from '../../shared/membership/membership.ts'
import { mayWrite, type Role } from '../../shared/membership/role.ts'
import { readEnvelope, type SealedRecord } from '../../shared/protocol/envelope.ts'
import type { Taken } from '../../shared/protocol/session-state.ts'
import { sameEnds, type Tip, type Tips } from '../../shared/protocol/tips.ts'
import type { RunClaim } from '../../shared/relay/relay-message.ts'
import { coveredBy, type HeldHeader, writerEnds } from '../mailbox/writer-ends.ts'
import type { RelayPorts } from '../relay-ports.ts'
import { bytesOf, hasRoom, hasRoomForRows } from './held-bytes.ts'
import { isVouchedFor } from './vouching.ts'

/** How taking envelopes ended, and whether some were not kept for want of room. */
export interface Receipt {
  readonly taken: Taken
  readonly isFull: boolean
}

const NO_ID = '0'.repeat(64)
/** Histories of one writer beyond which no more are kept: a writer that signs two is broken or lies. */
const MAX_ENDS = 8
/** Answers to "what does one who holds this lack" that are kept until something changes. */
const MAX_FOUND = 64
/** Newest envelopes kept in memory, and how large one may be. */
const MAX_NEWEST = 256
const MAX_NEWEST_BYTES = 16 * 1024

export class RelayDocument {
  readonly number: number
  private readonly ports: RelayPorts
  private known: Chain
  private held: Map<string, readonly Tip[]>
  private bytes: number
  private rowBytes: number
  private readonly newest = new Map<string, Tip & { readonly envelope: Uint8Array }>()
  private readonly found = new Map<string, readonly Uint8Array[]>()

  constructor(ports: RelayPorts, number: number, chain: Chain) {
    this.ports = ports
    this.number = number
    this.known = chain
    this.held = new Map(ports.mailbox.envelopes.ends(number))
    this.bytes = ports.mailbox.documents.find(chain.membership.documentId)?.bytes ?? 0
    this.rowBytes = bytesOf(chain.rows)
  }

  get documentId(): Uint8Array {
    return this.known.membership.documentId
  }

  get chain(): Chain {
    return this.known
  }

  private get membership(): Membership {
    return this.known.membership
  }

  /** Whether rows that others propose are appended here: the chain says that it is on a relay. */
  get appends(): boolean {
    return this.known.membership.relay !== null
  }

  /** Null for one who is not, or no longer, a member. */
  roleOf(member: Uint8Array): Role | null {
    const { membership } = this.known
    const root = personOf(membership, member)
    return root === null ? null : (membership.people.get(root)?.role ?? null)
  }

  tips(): Tips {
    return this.held
  }

  links(after: number): readonly StoredLink[] {
    return this.known.rows.slice(after + 1)
  }

  /** Envelopes that one who holds `theirs` lacks, in an order to add them in. */
  find(theirs: Tips, maxBytes: number): readonly Uint8Array[] {
    const differing: (readonly [writer: string, ours: readonly Tip[]])[] = []
    for (const [writer, ends] of this.held) if (!sameEnds(ends, theirs.get(writer))) differing.push([writer, ends])
    const key = differing
      .flatMap(([writer]) => [writer, ...(theirs.get(writer) ?? []).map(({ recId }) => recId)])
      .join()
    const known = this.found.get(key)
    if (known !== undefined) return known
    const envelopes: Uint8Array[] = []
    let bytes = 0
    for (const [writer, ours] of differing) {
      if (bytes >= maxBytes) break
      const { after, whole } = this.lacking(fromHex(writer), ours, theirs.get(writer) ?? [])
      if (after === null) continue
      const room = whole ? Number.POSITIVE_INFINITY : maxBytes - bytes
      for (const envelope of this.after(writer, after, room)) {
        envelopes.push(envelope)
        bytes += envelope.length
      }
    }
    // Everybody who is in step lacks the same.
    if (this.found.size < MAX_FOUND && bytes <= maxBytes) this.found.set(key, envelopes)
    return envelopes
  }

  /** Takes envelopes in, all that can be; in a transaction of the caller's. */
  take(envelopes: readonly Uint8Array[], role: Role | null): Receipt {
    const { suite, metrics } = this.ports
    const { epoch } = this.known.membership
    const writers = new Set<string>()
    const waiting: Uint8Array[] = []
    let isFull = false
    for (const envelope of envelopes) {
      const sealed = readEnvelope(this.documentId, envelope)
      if (typeof sealed === 'string') return { taken: { kind: 'refused', reason: sealed }, isFull }
      writers.add(toHex(sealed.writer))
      if (this.ports.mailbox.envelopes.has(this.number, sealed.writer, tipOf(sealed))) continue
      if (role === null || !mayWrite(role, sealed.stream) || (epoch > 0 && sealed.epoch !== epoch)) {
        // Not kept, and `holds` says so: who may seals it anew with the key of now and sends it again.
        metrics.count('envelopes_passed_over')
        continue
      }
      if (!verifyHeader(suite, this.documentId, sealed)) {
        metrics.count('envelopes_forged')
        return { taken: { kind: 'refused', reason: 'forged' }, isFull }
      }
      if (!this.follows(sealed)) waiting.push(envelope)
      else if (!this.hasRoomFor(envelope.length)) {
        isFull = true
        metrics.count('envelopes_passed_over')
      } else this.keep(sealed, envelope)
    }
    return { taken: { kind: 'kept', tips: this.held, writers: [...writers], waiting }, isFull }
  }

  /** Takes rows of the chain in, all or none; in a transaction of the caller's. */
  follow(rows: readonly StoredLink[]): Followed {
    const { suite, mailbox, metrics, limits } = this.ports
    const before = this.known
    const after = followRows(suite, before, rows)
    if (after === 'forked') return { kind: 'forked' }
    if (typeof after === 'string') return { kind: 'refused', reason: after }
    const { people } = after.membership
    const devices = [...people.values()].reduce((sum, person) => sum + person.devices.size, 0)
    const added = after.rows.slice(before.rows.length)
    const size = bytesOf(added)
    const isTooMuch = after.rows.length > limits.rows || this.rowBytes + size > limits.rowBytes
    const isTooMany = people.size > limits.members || devices > limits.devices
    if (added.length > 0 && (isTooMany || isTooMuch || !hasRoomForRows(this.ports, size)))
      return { kind: 'refused', reason: 'not-allowed' }
    for (const [index, row] of added.entries()) mailbox.documents.append(this.number, before.rows.length + index, row)
    if (size > 0) this.count(size)
    this.rowBytes += size
    metrics.count('rows_kept', added.length)
    for (const root of people.keys())
      if (!before.membership.people.has(root)) mailbox.invites.answer(this.number, fromHex(root))
    this.known = after
    return { kind: 'followed', end: chainEnd(after) }
  }

  /**
   * A member says what closed runs of one writer cover; in a transaction of the caller's. The records go when that is to be
   * believed, once: who says it again, or says it too, finds them gone.
   */
  vouch(member: Uint8Array, writer: Uint8Array, claims: readonly RunClaim[]): void {
    const { mailbox } = this.ports
    const headers = mailbox.envelopes.headers(this.number, writer)
    const byId = new Map(headers.map((header) => [header.recId, header]))
    const isRun = ({ recId }: RunClaim): boolean => byId.get(toHex(recId))?.type === RECORD_TYPE.close
    for (const claim of claims.filter(isRun)) {
      const before = mailbox.claims.devices(this.number, claim)
      if (!mailbox.claims.add(this.number, member, claim) || isVouchedFor(this.membership, before)) continue
      if (!isVouchedFor(this.membership, [...before, toHex(member)])) continue
      this.letGo(writer, coveredBy(byId, toHex(claim.recId), claim.first) ?? [])
    }
    const ends = this.endsOf(writer, headers)
    if (!sameEnds(ends, this.held.get(toHex(writer)))) this.setEnds(writer, ends)
  }

  /** A sealed picture that somebody wanted, when who sends it may write and there is room; in a transaction of the caller's. */
  keepPicture(from: Uint8Array, id: Uint8Array, sealed: Uint8Array): 'kept' | 'not kept' {
    const role = this.roleOf(from)
    if (role === null || role === 'reader' || !this.hasRoomFor(sealed.length)) return 'not kept'
    const { mailbox, clock } = this.ports
    this.count(sealed.length - mailbox.pictures.replace(this.number, id, sealed, clock.now()))
    return 'kept'
  }

  /** One envelope; null for one that is not held whole. */
  envelope(writer: string, tip: Tip): Uint8Array | null {
    return this.ports.mailbox.envelopes.find(this.number, fromHex(writer), tip)
  }

  /** An owner can't open these: they go, and the true ones may come; in a transaction of the caller's. */
  takeOut(spoilt: Tips): void {
    const { mailbox, metrics } = this.ports
    for (const [name, tips] of spoilt) {
      const writer = fromHex(name)
      const sizes = tips.map((tip) => mailbox.envelopes.takeOut(this.number, writer, tip)).filter((size) => size > 0)
      if (sizes.length === 0) continue
      metrics.count('envelopes_spoilt', sizes.length)
      this.count(-sizes.reduce((sum, size) => sum + size, 0))
      this.newest.delete(name)
      this.setEnds(writer, this.endsOf(writer))
    }
  }

  /** Forgets what memory says and reads the disk: a transaction was undone. */
  reload(): void {
    const { suite, mailbox } = this.ports
    const chain = readChain(suite, mailbox.documents.links(this.number, -1))
    if ('refusal' in chain) throw new Error('Broken invariant: a chain that was verified is no longer')
    this.known = chain
    this.held = new Map(mailbox.envelopes.ends(this.number))
    this.bytes = mailbox.documents.find(this.documentId)?.bytes ?? 0
    this.rowBytes = bytesOf(chain.rows)
    this.found.clear()
    this.newest.clear()
  }

  hasRoomFor(bytes: number): boolean {
    return this.bytes + bytes <= this.ports.limits.documentBytes && hasRoom(this.ports, bytes)
  }

  /** Counts bytes that are kept for this document from now on, in a transaction of the caller's. */
  count(bytes: number): void {
    this.bytes += bytes
    this.ports.metrics.add('held_bytes', bytes)
    this.ports.mailbox.documents.count(this.number, bytes)
  }

  /** A writer's envelopes beyond a number; the newest one, which everybody lacks at the same moment, without the disk. */
  private after(writer: string, seq: number, maxBytes: number): readonly Uint8Array[] {
    const newest = this.newest.get(writer)
    const [end, ...others] = this.held.get(writer) ?? []
    const isOnlyEnd = end !== undefined && others.length === 0 && end.recId === newest?.recId
    if (newest !== undefined && isOnlyEnd && newest.seq === seq + 1) return [newest.envelope]
    // What is beyond the end waits for what was taken out before it.
    const last = end !== undefined && others.length === 0 ? end.seq : Number.MAX_SAFE_INTEGER
    return this.ports.mailbox.envelopes.between(this.number, fromHex(writer), seq, last, maxBytes)
  }

  private keep(sealed: SealedRecord, envelope: Uint8Array): void {
    const { mailbox, clock, metrics } = this.ports
    mailbox.envelopes.add(this.number, sealed, envelope, clock.now())
    this.count(envelope.length)
    metrics.count('envelopes_kept')
    this.newest.delete(toHex(sealed.writer))
    if (envelope.length <= MAX_NEWEST_BYTES) this.newest.set(toHex(sealed.writer), { ...tipOf(sealed), envelope })
    if (this.newest.size > MAX_NEWEST) this.newest.clear()
    const ends = this.held.get(toHex(sealed.writer)) ?? []
    const follows = ends.length === 0 ? sealed.seq === 1 : ends.length === 1 && ends[0]?.recId === toHex(sealed.prev)
    const isLast = follows && !mailbox.envelopes.hasBeyond(this.number, sealed.writer, sealed.seq)
    this.setEnds(sealed.writer, isLast ? [tipOf(sealed)] : this.endsOf(sealed.writer))
  }

  private letGo(writer: Uint8Array, covered: readonly string[]): void {
    const { mailbox, metrics } = this.ports
    for (const recId of covered) {
      const size = mailbox.envelopes.letGo(this.number, writer, fromHex(recId))
      if (size === 0) continue
      metrics.count('envelopes_let_go')
      this.count(-size)
    }
    this.found.clear()
  }

  private endsOf(writer: Uint8Array, headers?: readonly HeldHeader[]): readonly Tip[] {
    const { envelopes, claims } = this.ports.mailbox
    const beside = new Map<string, readonly string[]>()
    for (const [run, said] of claims.beside(this.number, writer)) {
      const believed = [...said].filter(([, devices]) => isVouchedFor(this.membership, devices))
      beside.set(
        run,
        believed.map(([id]) => id),
      )
    }
    return writerEnds(headers ?? envelopes.headers(this.number, writer), beside)
  }

  private setEnds(writer: Uint8Array, ends: readonly Tip[]): void {
    this.ports.mailbox.envelopes.keepEnds(this.number, writer, ends)
    // A new value each time: sessions keep the one they were given.
    this.held = new Map(this.held)
    if (ends.length === 0) this.held.delete(toHex(writer))
    else this.held.set(toHex(writer), ends)
    this.found.clear()
  }

  /** Whether what a record follows is held. A closed run brings along what it covers, and only members see what that is. */
  private follows({ writer, seq, prev, type }: SealedRecord): boolean {
    if ((this.held.get(toHex(writer))?.length ?? 0) >= MAX_ENDS) return false
    const before = toHex(prev)
    if (type === RECORD_TYPE.close) return true
    return seq === 1
      ? before === NO_ID
      : this.ports.mailbox.envelopes.has(this.number, writer, { seq: seq - 1, recId: before })
  }

  /** After which number a writer's records are lacked by one who holds it up to `theirs`; null for none. */
  private lacking(
    writer: Uint8Array,
    ours: readonly Tip[],
    theirs: readonly Tip[],
  ): { readonly after: number | null; readonly whole: boolean } {
    const [own] = ours
    const [tip] = theirs
    if (own === undefined) return { after: null, whole: false }
    if (tip === undefined) return { after: 0, whole: ours.length > 1 }
    if (ours.length === 1 && theirs.length === 1) {
      // They are ahead, or on another branch: they can tell, and we can't.
      if (tip.seq > own.seq) return { after: null, whole: false }
      if (this.ports.mailbox.envelopes.has(this.number, writer, tip)) return { after: tip.seq, whole: false }
    }
    // Two histories: numbers say nothing. A part that both have would not show that it came, and would be sent for ever.
    const isLacked = ours.some((end) => theirs.every((one) => one.recId !== end.recId))
    return { after: isLacked ? 0 : null, whole: true }
  }
}

function tipOf({ seq, recId }: { readonly seq: number; readonly recId: Uint8Array }): Tip {
  return { seq, recId: toHex(recId) }
}
