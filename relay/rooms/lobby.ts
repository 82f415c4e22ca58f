/** The lobby: who asks for a document is shown in when the chain of its membership names them, and founds it when it is new. */
import { equalBytes, toHex } from '../../shared/ids.ts'
import { type Chain, readChain } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { RelayRefusal } from '../../shared/relay/relay-refusal.ts'
import { Unfinished } from '../../shared/protocol/unfinished.ts'
import type { RelayPorts } from '../relay-ports.ts'
import type { CommitQueue } from './commit-queue.ts'
import { bytesOf, hasRoom, recount } from './held-bytes.ts'
import { DocumentRoom } from './document-room.ts'
import { RelayDocument } from './relay-document.ts'

export type Admission =
  | { readonly kind: 'in'; readonly room: DocumentRoom }
  /** This many rows of the chain are held, and in those the key is nobody's. */
  | { readonly kind: 'behind'; readonly rows: number }
  | { readonly kind: 'out'; readonly why: RelayRefusal }

export class Lobby {
  private readonly ports: RelayPorts
  private readonly commits: CommitQueue
  private readonly unfinished: Unfinished
  private readonly rooms = new Map<string, DocumentRoom>()

  constructor(ports: RelayPorts, commits: CommitQueue) {
    this.ports = ports
    this.commits = commits
    this.unfinished = new Unfinished(ports.limits.unfinishedBytes, (bytes) =>
      ports.metrics.set('unfinished_bytes', bytes),
    )
  }

  /** Rows are those beyond what is held; the caller has proved to hold the member key. */
  async admit(
    documentId: Uint8Array,
    member: Uint8Array,
    rows: readonly StoredLink[],
    mayBegin: () => boolean,
  ): Promise<Admission> {
    let room = this.room(documentId)
    if (room === null) {
      if (rows.length === 0) return { kind: 'behind', rows: 0 }
      const why = mayBegin() ? await this.found(documentId, rows) : 'busy'
      if (why !== null) return { kind: 'out', why }
      room = this.room(documentId)
      if (room === null) return { kind: 'out', why: 'busy' }
    } else if (rows.length > 0) {
      const followed = await room.follow(rows)
      if (followed === null) return { kind: 'out', why: 'busy' }
      if (followed.kind === 'forked') return { kind: 'out', why: 'forked' }
      if (followed.kind === 'refused') return { kind: 'out', why: followed.reason === 'newer' ? 'version' : 'refused' }
    }
    if (room.document.roleOf(member) !== null) return { kind: 'in', room }
    const { rows: held, membership } = room.document.chain
    // It may have been let in, or in again, by rows that are not here; when it has none it is out.
    if (rows.length === 0) return { kind: 'behind', rows: held.length }
    return { kind: 'out', why: membership.periods.has(toHex(member)) ? 'revoked' : 'refused' }
  }

  /** The room of a document that is held here; null for one that is not. */
  room(documentId: Uint8Array): DocumentRoom | null {
    const name = toHex(documentId)
    const open = this.rooms.get(name)
    if (open !== undefined) return open
    const row = this.ports.mailbox.documents.find(documentId)
    if (row === null) return null
    const chain = this.read(this.ports.mailbox.documents.links(row.number, -1))
    if (chain === null) throw new Error('Broken invariant: a chain that was verified is no longer')
    const room = new DocumentRoom({
      ports: this.ports,
      commits: this.commits,
      unfinished: this.unfinished,
      document: new RelayDocument(this.ports, row.number, chain),
      emptied: () => this.sweep(),
    })
    this.rooms.set(name, room)
    this.ports.metrics.set('rooms', this.rooms.size)
    // Somebody may only have looked.
    setTimeout(() => this.sweep(), IDLE).unref()
    return room
  }

  tick(): void {
    for (const room of Array.from(this.rooms.values())) room.tick()
  }

  close(): void {
    for (const room of Array.from(this.rooms.values())) room.close()
  }

  /** Rooms that nobody is in are closed a while later; the mailbox has all that is in them. */
  private sweep(): void {
    setTimeout(() => {
      for (const [name, room] of Array.from(this.rooms)) if (room.isDeserted) this.rooms.delete(name)
      this.ports.metrics.set('rooms', this.rooms.size)
    }, IDLE).unref()
  }

  private async found(documentId: Uint8Array, rows: readonly StoredLink[]): Promise<RelayRefusal | null> {
    const { mailbox, clock, metrics, limits } = this.ports
    const bytes = bytesOf(rows)
    if (rows.length > limits.rows || bytes > limits.rowBytes || !hasRoom(this.ports, bytes)) return 'quota'
    const chain = equalBytes(rows[0]?.hash ?? NOTHING, documentId) ? this.read(rows) : null
    if (chain === null || chain.membership.people.size === 0) return 'refused'
    const found = (): 'there' | 'founded' => {
      // Two may found it in one turn.
      if (mailbox.documents.find(documentId) !== null) return 'there'
      const number = mailbox.documents.found(documentId, clock.now())
      for (const [seq, row] of rows.entries()) mailbox.documents.append(number, seq, row)
      mailbox.documents.count(number, bytes)
      metrics.count('rows_kept', rows.length)
      metrics.add('held_bytes', bytes)
      return 'founded'
    }
    const founded = await this.commits.commit(found, () => recount(this.ports))
    if (founded === 'founded') metrics.add('documents', 1)
    return founded === null ? 'busy' : null
  }

  private read(rows: readonly StoredLink[]): Chain | null {
    const chain = readChain(this.ports.suite, rows)
    return 'refusal' in chain ? null : chain
  }
}

const NOTHING = new Uint8Array()
/** Milliseconds a room stays open for nobody. */
const IDLE = 30_000
