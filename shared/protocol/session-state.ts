/**
 * What a session knows and does: two replicas of one document on one link, seen from one side. Values only; `session.ts`
 * makes the next from the last.
 */
import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import type { ChainEnd, Followed } from '../membership/chain.ts'
import type { StoredLink } from '../membership/member-op.ts'
import type { Farewell, Frame } from './frames.ts'
import type { PieceBox } from './pieces.ts'
import type { Rate } from './rate.ts'
import { NO_TIPS, type Tips, tipsDigest } from './tips.ts'

/** Milliseconds. Each side says every beat what it holds, so nothing that was lost stays unnoticed for longer. */
export const BEAT = 1500
/** After so long without a word the peer is shown as silent, and then the link is given up. */
export const SILENCE = 6 * BEAT
export const LOST = 20 * BEAT
/** A peer that says it holds more, and for so long sends nothing that is new, is withholding it. */
export const WITHHELD = 20 * BEAT
/** Bytes of records sent before the peer has said that it keeps them. */
export const PAGE = 512 * 1024
/** Live words a second, where a link says nothing else: what is beyond is not sent, and not listened to. */
export const LIVE_RATE = 10

/** What never changes in a session. */
export interface SessionSetting {
  readonly suite: CryptoSuite
  readonly documentId: Uint8Array
  /** 8 random bytes, hexadecimal: this run of this session. */
  readonly session: string
  /** Live words a second on this link. */
  readonly liveRate?: number | undefined
}

export interface Peer {
  readonly session: string
  /** Where its membership chain ends; null until it has said so. */
  readonly chain: ChainEnd | null
  /** What it holds, as far as it said; null until it has. */
  readonly tips: Tips | null
  /** The newest statement heard, and the pages of the one that is coming in. */
  readonly revision: number
  readonly pages: { readonly revision: number; readonly got: ReadonlyMap<number, Tips> } | null
  /** Whether it has heard our hello: only then does it say anything else. */
  readonly hasMet: boolean
  readonly heardAt: number
  readonly lastLive: number
  readonly liveRate: Rate
  /** Since when it has said that it holds more than it sends. */
  readonly owesSince: number | null
  /** What was told already, and is not told again until it has ended. */
  readonly told: { readonly silent: boolean; readonly inStep: boolean; readonly withheld: boolean }
}

export interface SessionState {
  readonly phase: 'greeting' | 'open' | 'closed'
  /** What the document holds on disk, and what the peer is told so of. */
  readonly held: Tips
  /** What is really held of writers of whom the peer has records that can't be opened. */
  readonly spoilt: Tips
  readonly digest: Uint8Array
  readonly chain: ChainState
  readonly peer: Peer | null
  /** What this peer has said it keeps, in this session or an earlier one. */
  readonly remembered: Tips
  readonly begunAt: number
  readonly beatAt: number
  readonly revision: number
  readonly headsAt: number
  /** Records are being looked up for the peer; records are on their way to it since. */
  readonly finding: boolean
  readonly sentAt: number | null
  /** Envelopes to be taken in next, those that wait for others before them, and since when. */
  readonly inbox: readonly Uint8Array[]
  readonly taking: boolean
  /** Ids (hexadecimal) of the records that are being taken in: the peer holds them. */
  readonly offered: ReadonlySet<string>
  readonly waiting: readonly Uint8Array[]
  /** Whether what waits may have come to its turn. */
  readonly retry: boolean
  readonly gapSince: number | null
  readonly pieces: PieceBox
  readonly pictures: PieceBox
  readonly live: { readonly counter: number; readonly rate: Rate }
}

/** The membership chain in a session. */
export interface ChainState {
  /** Where ours ends, on disk. */
  readonly end: ChainEnd
  /** The peer has another chain: it is followed in nothing, and sent nothing of ours. */
  readonly forked: boolean
  readonly following: boolean
  /** Rows are being looked up for the peer. */
  readonly finding: boolean
  /** The peer's end that rows were sent for, and when: they are not sent twice a beat. */
  readonly sent: { readonly after: number; readonly at: number } | null
}

/** How taking envelopes in ended. They are on disk when it says so. */
export type Taken =
  | {
      readonly kind: 'kept'
      /** All that is held now. */
      readonly tips: Tips
      /** Whose records there were. */
      readonly writers: readonly string[]
      /** Envelopes that follow records not held. */
      readonly waiting: readonly Uint8Array[]
      /** Records that could not be opened, where who sent them can't see that; they were passed over. */
      readonly spoilt?: Tips
    }
  /** One of them is not what its writer signed: none was kept. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** They could not be kept here, and that is not the peer's doing. */
  | { readonly kind: 'failed' }

/** What of pictures is said in a session. */
export type PictureFrame = Extract<Frame, { op: 'want' | 'picture' }>
/** A record, out of turn. */
export type RecordFrame = Extract<Frame, { op: 'records' | 'piece' }>

export type SessionEvent =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array; readonly now: number }
  | { readonly kind: 'tick'; readonly now: number }
  /** The document holds more: of its own, or from another peer. */
  | { readonly kind: 'held'; readonly tips: Tips; readonly now: number }
  /** It holds less of these writers: that is said at once. */
  | { readonly kind: 'taken-out'; readonly tips: Tips; readonly writers: readonly string[]; readonly now: number }
  | { readonly kind: 'found'; readonly envelopes: readonly Uint8Array[]; readonly now: number }
  | { readonly kind: 'taken'; readonly taken: Taken; readonly now: number }
  /** The membership chain grew: here, or by another peer. */
  | { readonly kind: 'grown'; readonly end: ChainEnd; readonly now: number }
  | { readonly kind: 'found-rows'; readonly rows: readonly StoredLink[]; readonly now: number }
  | { readonly kind: 'followed'; readonly followed: Followed | { readonly kind: 'failed' }; readonly now: number }
  /** A row for whoever appends to the chain. */
  | { readonly kind: 'propose'; readonly row: StoredLink; readonly now: number }
  | { readonly kind: 'say'; readonly bytes: Uint8Array; readonly now: number }
  /** A picture is lacking here, a part of one is on its way, or a record is shown to who may know better. */
  | { readonly kind: 'exchange'; readonly frame: PictureFrame | RecordFrame; readonly now: number }
  | { readonly kind: 'leave'; readonly now: number }

/** What people, or the code that shows it to them, should know. */
export type Notice =
  | { readonly kind: 'met' }
  /** Both hold the same. */
  | { readonly kind: 'in-step' }
  /** The peer keeps these by now. */
  | { readonly kind: 'received'; readonly tips: Tips }
  | { readonly kind: 'heard'; readonly bytes: Uint8Array }
  /** The peer lacks these pictures. */
  | { readonly kind: 'wanted'; readonly ids: readonly string[] }
  /** A sealed picture came, whole. */
  | { readonly kind: 'picture'; readonly sealed: Uint8Array }
  /** Of these writers the peer holds less than it once said: it is an older copy. */
  | { readonly kind: 'rolled-back'; readonly writers: readonly string[] }
  /** The peer says it holds records of these writers and does not send them. */
  | { readonly kind: 'withheld'; readonly writers: readonly string[] }
  /** This writer signed two histories. */
  | { readonly kind: 'forked'; readonly writer: string }
  /** The peer could not open these, which it was sent from here. */
  | { readonly kind: 'spoilt'; readonly tips: Tips }
  /** The peer's membership chain is another one from some row on. */
  | { readonly kind: 'chain-forked' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** The session is over: by us, or by them. */
  | { readonly kind: 'parted'; readonly by: 'us' | 'them'; readonly reason: Farewell }

export type Effect =
  | { readonly do: 'send'; readonly frame: Uint8Array }
  /** Answered by `found`: what one who holds `theirs` lacks. */
  | { readonly do: 'find'; readonly theirs: Tips; readonly maxBytes: number }
  /** Answered by `taken`. */
  | { readonly do: 'take'; readonly envelopes: readonly Uint8Array[] }
  /** Answered by `found-rows`: rows of the chain with numbers beyond `after`. */
  | { readonly do: 'find-rows'; readonly after: number }
  /** Answered by `followed`. */
  | { readonly do: 'follow'; readonly rows: readonly StoredLink[] }
  /** The peer proposes a row. */
  | { readonly do: 'propose'; readonly row: StoredLink }
  | { readonly do: 'tell'; readonly notice: Notice }
  | { readonly do: 'close' }

export function newSession(
  setting: SessionSetting,
  held: Tips,
  chain: ChainEnd,
  now: number,
  remembered: Tips = NO_TIPS,
): SessionState {
  return {
    phase: 'greeting',
    held,
    spoilt: NO_TIPS,
    digest: tipsDigest(setting.suite, held),
    chain: { end: chain, forked: false, following: false, finding: false, sent: null },
    peer: null,
    remembered,
    begunAt: now,
    beatAt: now,
    revision: 0,
    headsAt: Number.NEGATIVE_INFINITY,
    finding: false,
    sentAt: null,
    inbox: [],
    taking: false,
    offered: new Set(),
    waiting: [],
    retry: false,
    gapSince: null,
    pieces: new Map(),
    pictures: new Map(),
    live: { counter: 0, rate: { tokens: liveRateOf(setting), at: now } },
  }
}

/** A peer that has said hello, and nothing else yet. */
export function newPeer(setting: SessionSetting, session: string, now: number): Peer {
  return {
    session,
    chain: null,
    tips: null,
    revision: 0,
    pages: null,
    hasMet: false,
    heardAt: now,
    lastLive: 0,
    liveRate: { tokens: liveRateOf(setting), at: now },
    owesSince: null,
    told: { silent: false, inStep: false, withheld: false },
  }
}

export function liveRateOf({ liveRate = LIVE_RATE }: SessionSetting): number {
  return liveRate
}
