/**
 * A peer: the documents that this app and another have in common, over one connection. Each says its tags; the side whose
 * key is lower opens a channel for each document both have; both prove who they are, and then it is a link.
 */
import type { CryptoSuite } from '../../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../../shared/ids.ts'
import type { Membership } from '../../../shared/membership/membership.ts'
import { type Rate, spend } from '../../../shared/protocol/rate.ts'
import type { DocumentAccess } from '../document-access.ts'
import type { Link } from '../transport.ts'
import { commonEpoch, paddedTags, tagsOf } from './document-tags.ts'
import type { LanConnection } from './lan-connection.ts'
import type { Secured, Side } from './lan-greeting.ts'
import type { LanTimes } from './lan-limits.ts'
import { LanLink } from './lan-link.ts'
import { type LanMessage, type Parting, WHOLE_CONNECTION } from './lan-message.ts'
import { isMemberProof, proveMember, type Standing, standingOf } from './member-proof.ts'

/** A document that is open here and looks for peers. */
export interface Offer {
  readonly access: DocumentAccess
  meet(link: Link): void
}

/** How a document stands with a peer. */
export type Outcome = 'linked' | 'trying' | 'not-in-common' | 'revoked' | 'not-a-member'

interface Tried {
  /** Not opened again before this, nor while the chain is the one by which we refused. */
  readonly at: number
  readonly wait: number
  readonly refusedBy: Membership | null
  /** What the other side said. */
  readonly why: Parting
}

export interface LanPeerParts {
  readonly suite: CryptoSuite
  readonly connection: LanConnection
  readonly secured: Secured
  readonly times: LanTimes
  readonly opens: boolean
  readonly offers: () => Iterable<Offer>
  readonly changed: () => void
}

/** Lists of tags a second that are listened to: documents are opened and closed by hand. */
const LISTS_A_SECOND = 50
/** Channels a second that may be opened: each costs a signature. More than documents that are open at one time. */
const OPENS_A_SECOND = 200

interface Channel {
  readonly offer: Offer
  readonly link: LanLink | null
}

export class LanPeer {
  readonly connection: LanConnection
  readonly secured: Secured
  readonly begunAt = performance.now()
  /** The other side has as many peers as it may. */
  wasBusy = false
  private readonly suite: CryptoSuite
  private readonly times: LanTimes
  private readonly offers: () => Iterable<Offer>
  private readonly changed: () => void
  /** Whether this side opens the channels. */
  private readonly opens: boolean
  private begun = false
  /** Our tags of the documents that are here, as they were said last; null before the first time. */
  private ours: ReadonlyMap<string, Offer> | null = null
  private theirs: ReadonlySet<string> | null = null
  private lists: Rate = { tokens: LISTS_A_SECOND, at: performance.now() }
  private openings: Rate = { tokens: OPENS_A_SECOND, at: performance.now() }
  private nextChannel = 1
  private readonly channels = new Map<number, Channel>()
  /** Documents, in hexadecimal, that were closed or refused. */
  private readonly tried = new Map<string, Tried>()

  constructor(parts: LanPeerParts) {
    this.suite = parts.suite
    this.connection = parts.connection
    this.secured = parts.secured
    this.times = parts.times
    this.opens = parts.opens
    this.offers = parts.offers
    this.changed = parts.changed
  }

  /** Whether this connection is the one that is used: two that dial each other make two. */
  get isUsed(): boolean {
    return this.begun
  }

  /** Begins to use the connection: says which documents are here. */
  begin(): void {
    this.begun = true
    this.refresh()
  }

  /** To be called when documents or their keys may have changed, and now and then. */
  refresh(): void {
    if (!this.begun || !this.connection.isOpen) return
    const offers = [...this.offers()]
    for (const { offer, link } of this.channels.values()) {
      if (!offers.includes(offer)) this.release(offer)
      else if (link?.check() === 'newcomer' && performance.now() - link.begunAt >= this.times.newcomer)
        link.end('not-a-member')
    }
    this.sayTags(offers)
    if (this.opens) for (const offer of offers) this.open(offer)
  }

  /** The document is closed here: its link is over at once. */
  release(offer: Offer): void {
    for (const [channel, { offer: other, link }] of this.channels) {
      if (other !== offer) continue
      if (link === null) this.refuse(channel, offer, 'closed')
      else link.end('closed')
    }
  }

  /** How a document stands with this peer. */
  outcome({ access }: Offer): Outcome {
    const document = toHex(access.documentId)
    const channel = [...this.channels.values()].find(({ offer }) => toHex(offer.access.documentId) === document)
    if (channel?.link?.check() === 'member') return 'linked'
    const why = this.tried.get(document)?.why
    if (why === 'revoked' || why === 'not-a-member') return why
    if (this.theirs === null || channel !== undefined) return 'trying'
    return commonEpoch(this.tags(access, this.otherSide), this.theirs) === null ? 'not-in-common' : 'trying'
  }

  receive(message: LanMessage): void {
    switch (message.op) {
      case 'tags': {
        const rate = spend(this.lists, LISTS_A_SECOND, performance.now())
        if (rate === null) return this.connection.close()
        this.lists = rate
        this.theirs = new Set(message.tags)
        this.tried.clear()
        this.begin()
        return this.changed()
      }
      case 'open':
        return this.opened(message)
      case 'opened':
        return this.accepted(message)
      case 'frame':
        // One that was closed here a moment ago may have had some on its way.
        return this.channels.get(message.channel)?.link?.receive(message.bytes)
      case 'close':
        if (message.channel === WHOLE_CONNECTION) {
          this.wasBusy = message.parting === 'busy'
          return this.connection.close()
        }
        return this.closed(message.channel, message.parting)
      default:
        return this.connection.close()
    }
  }

  /** The connection has ended, and all links with it. */
  ended(): void {
    for (const { link } of this.channels.values()) link?.over()
    this.channels.clear()
    this.changed()
  }

  private get otherSide(): Side {
    return this.secured.side === 0 ? 1 : 0
  }

  private tags(access: DocumentAccess, side: Side): Map<number, string> {
    return tagsOf(this.suite, access, this.secured.hash, side)
  }

  private sayTags(offers: readonly Offer[]): void {
    const tags = new Map<string, Offer>()
    for (const offer of offers) {
      for (const tag of this.tags(offer.access, this.secured.side).values()) tags.set(tag, offer)
    }
    const before = this.ours
    this.ours = tags
    if (before?.size === tags.size && [...tags.keys()].every((tag) => before.has(tag))) return
    // What was refused with the keys there were may be let in with others.
    this.tried.clear()
    this.connection.send({ op: 'tags', tags: paddedTags(this.suite, [...tags.keys()]) })
  }

  /** Opens a channel for a document both have, unless there is one or it was tried a moment ago. */
  private open(offer: Offer): void {
    const { access } = offer
    if (this.theirs === null || this.channelOf(access.documentId) !== null) return
    const tried = this.tried.get(toHex(access.documentId))
    if (tried !== undefined && (tried.at > performance.now() || tried.refusedBy === access.membership())) return
    const tags = this.tags(access, this.otherSide)
    const tag = tags.get(commonEpoch(tags, this.theirs) ?? 0)
    if (tag === undefined) return
    const channel = this.nextChannel++
    this.channels.set(channel, { offer, link: null })
    this.connection.send({ op: 'open', channel, tag, ...this.proof(access) })
  }

  private opened({ channel, tag, member, proof }: Extract<LanMessage, { op: 'open' }>): void {
    const rate = spend(this.openings, OPENS_A_SECOND, performance.now())
    if (rate === null) return this.connection.close()
    this.openings = rate
    // Who does not keep to the rules is no peer.
    if (this.opens || this.channels.has(channel) || channel === WHOLE_CONNECTION) return this.connection.close()
    const offer = this.ours?.get(tag)
    if (offer === undefined) return this.connection.send({ op: 'close', channel, parting: 'unknown-document' })
    const standing = this.judge(offer.access, member, proof)
    if (standing === null || this.channelOf(offer.access.documentId) !== null) return this.connection.close()
    if (standing === 'removed' || standing === 'stranger') {
      return this.refuse(channel, offer, standing === 'removed' ? 'revoked' : 'not-a-member')
    }
    this.connection.send({ op: 'opened', channel, ...this.proof(offer.access) })
    this.link(channel, offer, member)
  }

  private accepted({ channel, member, proof }: Extract<LanMessage, { op: 'opened' }>): void {
    const opening = this.channels.get(channel)
    // Given up here in the meantime, and said so.
    if (opening === undefined) return
    const standing = opening.link === null ? this.judge(opening.offer.access, member, proof) : null
    if (standing === null) return this.connection.close()
    if (standing === 'removed' || standing === 'stranger') {
      return this.refuse(channel, opening.offer, standing === 'removed' ? 'revoked' : 'not-a-member')
    }
    this.link(channel, opening.offer, member)
  }

  private link(channel: number, offer: Offer, member: Uint8Array): void {
    let judged: { readonly of: Membership; readonly standing: Standing } | null = null
    const link = new LanLink(member, this.connection, {
      standing: () => {
        const membership = offer.access.membership()
        // Asked for every frame. It is a value: another one when it says something else.
        if (judged?.of !== membership || judged.standing === 'newcomer') {
          judged = { of: membership, standing: standingOf(membership, member, this.hasLastKey(offer.access)) }
        }
        return judged.standing
      },
      send: (bytes) => this.connection.send({ op: 'frame', channel, bytes }),
      closed: (parting) => this.refuse(channel, offer, parting),
    })
    this.channels.set(channel, { offer, link })
    offer.meet(link)
    this.changed()
  }

  /** Closes a channel, or does not let it come about; it is tried again later. */
  private refuse(channel: number, offer: Offer, parting: Parting): void {
    const begunAt = this.channels.get(channel)?.link?.begunAt ?? null
    this.channels.delete(channel)
    this.connection.send({ op: 'close', channel, parting })
    const refusedBy = parting === 'revoked' || parting === 'not-a-member' ? offer.access.membership() : null
    this.later(offer, { why: 'closed', refusedBy }, begunAt)
    this.changed()
  }

  private closed(channel: number, parting: Parting): void {
    const closing = this.channels.get(channel)
    if (closing === undefined) return
    this.channels.delete(channel)
    this.later(closing.offer, { why: parting, refusedBy: null }, closing.link?.begunAt ?? null)
    closing.link?.over()
    this.changed()
  }

  /** One that lasted is tried again soon, one that fails again and again ever less often. */
  private later({ access }: Offer, how: Pick<Tried, 'why' | 'refusedBy'>, begunAt: number | null): void {
    const document = toHex(access.documentId)
    const now = performance.now()
    const { again, longest } = this.times
    const hasLasted = begunAt !== null && now - begunAt >= longest
    const wait = Math.min(longest, hasLasted ? again : (this.tried.get(document)?.wait ?? again / 2) * 2)
    this.tried.set(document, { at: now + wait, wait, ...how })
    setTimeout(() => this.refresh(), wait + 1).unref()
  }

  /** Null when the proof is none. */
  private judge(access: DocumentAccess, member: Uint8Array, proof: Uint8Array): Standing | null {
    if (!isMemberProof(this.suite, proof, member, access.documentId, this.secured.hash, this.otherSide)) return null
    return standingOf(access.membership(), member, this.hasLastKey(access))
  }

  /** Whether the other side has the key of our last epoch. */
  private hasLastKey(access: DocumentAccess): boolean {
    const theirs = this.theirs ?? new Set()
    return commonEpoch(this.tags(access, this.otherSide), theirs) === access.keys().current.epoch
  }

  private proof({ device, documentId }: DocumentAccess): { member: Uint8Array; proof: Uint8Array } {
    const { hash, side } = this.secured
    return { member: device.publicKey, proof: proveMember(this.suite, device, documentId, hash, side) }
  }

  private channelOf(documentId: Uint8Array): Channel | null {
    const document = toHex(documentId)
    return [...this.channels.values()].find(({ offer }) => toHex(offer.access.documentId) === document) ?? null
  }
}
