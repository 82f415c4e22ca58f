/**
 * The membership chain in a session: each says where its own ends, with every pulse and statement; who is ahead sends the
 * rows that follow. It converges as records do, and for the same reason: what was lost is noticed a beat later. A peer
 * whose chain is another one is told apart by one hash, and then neither follows the other.
 */
import { equalBytes } from '../ids.ts'
import type { ChainEnd, Followed } from '../membership/chain.ts'
import type { StoredLink } from '../membership/member-op.ts'
import type { Frame } from './frames.ts'
import { BEAT, type ChainState } from './session-state.ts'
import { pageOfRows } from './statements.ts'
import type { Turn } from './turn.ts'

export class ChainTalk {
  private readonly turn: Turn

  constructor(turn: Turn) {
    this.turn = turn
  }

  /** The peer says where its chain ends. */
  hear(end: ChainEnd): void {
    if (end.seq === 0 && !equalBytes(end.hash, this.turn.setting.documentId)) return this.turn.part('malformed')
    this.turn.know({ chain: end })
    this.offer()
  }

  /** Ours grew: here, or by another peer. */
  grow(end: ChainEnd): void {
    if (end.seq <= this.chain.end.seq) return
    this.change({ end })
    this.offer()
  }

  /** Rows the peer sent: those that come next are followed, for the rest it is soon enough in a beat. */
  receive({ from, rows }: Extract<Frame, { op: 'chain' }>): void {
    const { end, forked, following } = this.chain
    if (forked || following || from > end.seq + 1) return
    const last = rows[end.seq - from]
    if (last !== undefined && !equalBytes(last.hash, end.hash)) return this.fork()
    const news = rows.slice(end.seq - from + 1)
    if (news.length === 0) return
    this.change({ following: true })
    this.turn.perform({ do: 'follow', rows: news })
  }

  followed(followed: Followed | { readonly kind: 'failed' }): void {
    this.change({ following: false })
    switch (followed.kind) {
      case 'followed':
        this.grow(followed.end)
        // So that the next page comes at once, and the peer knows that this one came.
        return this.turn.sendPulse()
      case 'forked':
        return this.fork()
      case 'refused':
        this.turn.tell({ kind: 'refused', reason: followed.reason })
        return this.turn.part(followed.reason === 'newer' ? 'version' : 'refused')
      case 'failed':
        return this.turn.part('closed')
    }
  }

  /** Rows that were looked up: the first is the peer's last one, unless the peer has none but the genesis. */
  send(found: readonly StoredLink[]): void {
    const { peer } = this.turn.state
    this.change({ finding: false })
    if (peer === null || peer.chain === null) return
    const { seq, hash } = peer.chain
    const [first] = found
    const isFork = seq > 0 && first !== undefined && !equalBytes(first.hash, hash)
    // Of another chain the peer is shown the row that differs, and no more.
    const rows = isFork ? [first] : pageOfRows(seq > 0 ? found.slice(1) : found)
    if (rows.length === 0) return
    this.change({ sent: { after: seq, at: this.turn.now } })
    this.turn.send({ op: 'chain', from: isFork ? seq : seq + 1, rows })
    if (isFork) this.fork()
  }

  /** Looks for the rows the peer lacks, unless those are on their way. */
  private offer(): void {
    const { now } = this.turn
    const { end, finding, sent } = this.chain
    const theirs = this.turn.state.peer?.chain ?? null
    if (theirs === null || finding) return
    if (theirs.seq === end.seq && !equalBytes(theirs.hash, end.hash)) return this.fork()
    if (theirs.seq >= end.seq || (sent !== null && sent.after === theirs.seq && now - sent.at < BEAT)) return
    this.change({ finding: true })
    this.turn.perform({ do: 'find-rows', after: Math.max(0, theirs.seq - 1) })
  }

  private fork(): void {
    if (this.chain.forked) return
    this.change({ forked: true })
    this.turn.tell({ kind: 'chain-forked' })
  }

  private get chain(): ChainState {
    return this.turn.state.chain
  }

  private change(changed: Partial<ChainState>): void {
    this.turn.change({ chain: { ...this.chain, ...changed } })
  }
}
