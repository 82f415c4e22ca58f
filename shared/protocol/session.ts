/**
 * A session: two replicas of one document on one link, each telling what it holds and sending what the other lacks.
 *
 * A pure function from what is and what happens to what is next and what is to be done. It promises one thing: as long as
 * frames come through now and then, in whatever order and however often, both end with the union of what they hold. For
 * that it needs no memory of what it sent. Every beat each says the digest of what it holds; where digests differ each says
 * what it holds, and sends what the other then lacks; what was taken in, and is on disk, is said at once. Every frame may
 * be lost, doubled, or come late: what it says is true of when it was sent, and the next beat mends the rest.
 */
import { toHex } from '../ids.ts'
import { sameEnd } from '../membership/chain.ts'
import { decodeFrame, type Frame, MAX_LIVE, VERSIONS } from './frames.ts'
import { put } from './pieces.ts'
import { spend } from './rate.ts'
import { ChainTalk } from './session-chain.ts'
import { credit } from './session-credit.ts'
import { watchDebts } from './session-debts.ts'
import { tellForks } from './session-forks.ts'
import { hearOfPictures } from './session-pictures.ts'
import { claimSpoilt, hearOfSpoilt, passOver, stillSpoilt } from './session-spoilt.ts'
import {
  BEAT,
  liveRateOf,
  LOST,
  newPeer,
  PAGE,
  type Peer,
  type SessionEvent,
  type SessionSetting,
  type SessionState,
  SILENCE,
  type Taken,
} from './session-state.ts'
import { framesOf, pagesOf } from './statements.ts'
import { differs, furthest, inTermsOf, NO_TIPS, sameEnds, type Tips, tipsDigest, withTips } from './tips.ts'
import { type Step, Turn } from './turn.ts'
import { idsOf, within, writersOf } from './waiting.ts'

/** The first step of a new session: it says who it is. */
export function greet(setting: SessionSetting, state: SessionState): Step {
  const turn = new Talk(setting, state, state.begunAt)
  turn.sendHello()
  tellForks(turn, NO_TIPS)
  return turn.step()
}

export function reduce(setting: SessionSetting, state: SessionState, event: SessionEvent): Step {
  if (state.phase === 'closed') return { state, effects: [] }
  const turn = new Talk(setting, state, event.now)
  switch (event.kind) {
    case 'frame':
      turn.receive(event.bytes)
      break
    case 'tick':
      turn.tick()
      break
    case 'held':
      turn.hold(event.tips)
      turn.look()
      break
    case 'taken-out':
      turn.hold(event.tips)
      turn.acknowledge(event.writers)
      break
    case 'found':
      turn.deliver(event.envelopes)
      break
    case 'taken':
      turn.keep(event.taken)
      break
    case 'grown':
      turn.chain.grow(event.end)
      turn.retry()
      break
    case 'found-rows':
      turn.chain.send(event.rows)
      break
    case 'followed':
      turn.chain.followed(event.followed)
      turn.retry()
      break
    case 'propose':
      if (turn.state.phase === 'open') turn.send({ op: 'propose', row: event.row })
      break
    case 'exchange':
      if (turn.state.phase === 'open') turn.send(event.frame)
      break
    case 'say':
      turn.say(event.bytes)
      break
    case 'leave':
      turn.part('closed')
      break
  }
  return turn.step()
}

/** What is said and heard in one turn. */
class Talk extends Turn {
  readonly chain = new ChainTalk(this)

  receive(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes)
    if (typeof frame === 'string') {
      this.tell({ kind: 'refused', reason: frame })
      this.part('malformed')
    } else if (frame.op === 'hello') this.meet(frame)
    else if (frame.op === 'bye') this.end('them', frame.reason)
    else if (this.state.peer !== null) {
      const { told } = this.state.peer
      this.know({ heardAt: this.now, hasMet: true, told: { ...told, silent: false } })
      this.hear(frame, this.state.peer)
    }
  }

  tick(): void {
    const { peer, beatAt, begunAt, sentAt, gapSince } = this.state
    const silentFor = this.now - (peer?.heardAt ?? begunAt)
    if (silentFor >= LOST) return this.part('lost')
    if (peer !== null && silentFor >= SILENCE && !peer.told.silent) {
      this.know({ told: { ...peer.told, silent: true } })
      this.tell({ kind: 'silent' })
    }
    if (this.now - beatAt < BEAT) return
    this.change({ beatAt: this.now })
    // As long as it has said nothing but hello it may not have heard ours.
    if (peer?.hasMet !== true) this.sendHello()
    if (peer === null) return
    this.sendPulse()
    // Not acknowledged: the answer to the pulse will say what came through.
    if (sentAt !== null && this.now - sentAt >= BEAT) this.change({ sentAt: null })
    const { waiting } = this.state
    if (gapSince !== null && this.now - gapSince >= 2 * BEAT)
      this.askForAll(writersOf(this.setting.documentId, waiting))
    // The key they need may have come.
    this.retry()
    watchDebts(this)
  }

  /** Tries what waits again: what it waits for may have come. */
  retry(): void {
    if (this.state.waiting.length > 0) this.change({ retry: true })
    this.takeNext()
  }

  hold(held: Tips): void {
    const before = this.state.held
    this.change({ held, digest: tipsDigest(this.setting.suite, held), spoilt: stillSpoilt(this.state, held) })
    tellForks(this, before)
    claimSpoilt(this)
  }

  /** Looks for what the peer lacks, unless it is known to lack nothing, or has yet to say what became of the last page. */
  look(): void {
    const { phase, peer, finding, sentAt, held } = this.state
    if (phase !== 'open' || finding || sentAt !== null) return
    const theirs = peer?.tips ?? null
    if (theirs === null || !differs(held, theirs)) return
    this.change({ finding: true })
    this.perform({ do: 'find', theirs, maxBytes: PAGE })
  }

  deliver(envelopes: readonly Uint8Array[]): void {
    this.change({ finding: false })
    for (const frame of framesOf(this.setting.suite, envelopes)) this.send(frame)
    if (envelopes.length > 0) this.change({ sentAt: this.now })
  }

  keep(taken: Taken): void {
    this.change({ taking: false })
    if (taken.kind === 'refused') {
      this.tell({ kind: 'refused', reason: taken.reason })
      return this.part('refused')
    }
    if (taken.kind === 'failed') return this.part('closed')
    const before = this.state.digest
    this.hold(taken.tips)
    credit(this, taken)
    const isNew = toHex(before) !== toHex(this.state.digest)
    const { peer, gapSince } = this.state
    if (isNew && peer !== null && peer.owesSince !== null) this.know({ owesSince: this.now })
    const waiting = within(passOver(this, taken, [...this.state.waiting, ...taken.waiting]))
    this.change({ waiting, retry: isNew && waiting.length > 0 })
    this.change({ gapSince: waiting.length === 0 ? null : isNew ? this.now : (gapSince ?? this.now) })
    this.acknowledge(taken.writers)
    if (waiting.length > 0) this.sendHeads()
    this.look()
    this.takeNext()
  }

  say(bytes: Uint8Array): void {
    const { counter, rate } = this.state.live
    const spent = spend(rate, liveRateOf(this.setting), this.now)
    if (this.state.phase !== 'open' || bytes.length > MAX_LIVE || spent === null) return
    this.change({ live: { counter: counter + 1, rate: spent } })
    this.send({ op: 'live', counter: counter + 1, bytes })
  }

  sendHello(): void {
    const { documentId, session } = this.setting
    this.send({ op: 'hello', ...VERSIONS, documentId, session })
  }

  /** Says all that is held, at most twice a beat. */
  sendHeads(): void {
    if (this.now - this.state.headsAt < BEAT / 2) return
    const pages = pagesOf(this.state.held)
    const revision = this.state.revision + 1
    this.change({ headsAt: this.now, revision })
    for (const [index, tips] of pages.entries()) {
      this.send({ op: 'heads', revision, page: index, pages: pages.length, chain: this.state.chain.end, tips })
    }
  }

  private meet(hello: Extract<Frame, { op: 'hello' }>): void {
    if (hello.min > VERSIONS.max || hello.max < VERSIONS.min) return this.part('version')
    if (toHex(hello.documentId) !== toHex(this.setting.documentId)) return this.part('other-document')
    if (this.state.peer !== null) {
      // A program that was started again comes on a link of its own.
      return this.state.peer.session === hello.session ? undefined : this.part('malformed')
    }
    const peer = newPeer(this.setting, hello.session, this.now)
    this.change({ phase: 'open', peer, headsAt: Number.NEGATIVE_INFINITY })
    this.tell({ kind: 'met' })
    // It may not have heard ours: it may have come later.
    this.sendHello()
    this.sendHeads()
  }

  private hear(frame: Exclude<Frame, { op: 'hello' | 'bye' }>, peer: Peer): void {
    switch (frame.op) {
      case 'heads':
        this.learn(frame, peer)
        return this.chain.hear(frame.chain)
      case 'holds':
        return this.acknowledged(frame, peer)
      case 'records':
        return this.accept(frame.envelopes)
      case 'piece': {
        const { box, envelope } = put(this.setting.suite, this.state.pieces, frame)
        this.change({ pieces: box })
        return envelope === null ? undefined : this.accept([envelope])
      }
      case 'live': {
        const liveRate = spend(peer.liveRate, liveRateOf(this.setting), this.now)
        if (frame.counter <= peer.lastLive || liveRate === null) return
        this.know({ lastLive: frame.counter, liveRate })
        return this.tell({ kind: 'heard', bytes: frame.bytes })
      }
      case 'pulse':
        this.compare(frame, peer)
        return this.chain.hear(frame.chain)
      case 'chain':
        return this.chain.receive(frame)
      case 'propose':
        return this.perform({ do: 'propose', row: frame.row })
      case 'want':
      case 'picture':
        return hearOfPictures(this, frame)
      case 'spoilt':
        return this.tell({ kind: 'spoilt', tips: frame.tips })
    }
  }

  private compare({ revision, digest, chain }: Extract<Frame, { op: 'pulse' }>, peer: Peer): void {
    if (toHex(digest) !== toHex(this.state.digest)) {
      this.know({ told: { ...peer.told, inStep: false } })
      return this.sendHeads()
    }
    const inStep = sameEnd(chain, this.state.chain.end)
    if (inStep && !peer.told.inStep) this.tell({ kind: 'in-step' })
    this.know({ tips: this.state.held, owesSince: null, told: { silent: false, inStep, withheld: false } })
    // A statement made before this pulse and late on its way would say less.
    this.know({ revision: Math.max(revision, peer.revision) })
    this.change({ remembered: this.state.held, sentAt: null })
  }

  private learn({ revision, page, pages, tips }: Extract<Frame, { op: 'heads' }>, peer: Peer): void {
    if (revision <= peer.revision || revision < (peer.pages?.revision ?? 0)) return
    const got = new Map([...(peer.pages?.revision === revision ? peer.pages.got : []), [page, tips]])
    if (got.size < pages) return this.know({ pages: { revision, got } })
    const theirs = inTermsOf(this.state.held, new Map([...got.values()].flatMap((some) => [...some])))
    const { remembered } = this.state
    const less = [...remembered].filter(([writer, ends]) => furthest(theirs.get(writer)) < furthest(ends))
    if (less.length > 0) this.tell({ kind: 'rolled-back', writers: less.map(([writer]) => writer) })
    const before = peer.tips ?? NO_TIPS
    this.know({ tips: theirs, revision, pages: null })
    this.release(before)
    this.change({ remembered: theirs })
    watchDebts(this)
    this.look()
  }

  private acknowledged({ revision, tips }: Extract<Frame, { op: 'holds' }>, peer: Peer): void {
    if (peer.tips === null) return
    const isNews = [...tips].some(([writer, ends]) => !sameEnds(ends, peer.tips?.get(writer)))
    const theirs = withTips(peer.tips, inTermsOf(this.state.held, tips))
    this.know({ tips: theirs, revision: Math.max(revision, peer.revision) })
    this.release(peer.tips)
    this.change({ sentAt: null })
    const kept = new Map([...tips].filter(([, ends]) => ends.length > 0))
    // Mostly the same as what it holds: one value then, for each is as long as there are writers.
    const isSame = this.state.remembered === peer.tips && kept.size === tips.size
    this.change({ remembered: isSame ? theirs : withTips(this.state.remembered, kept) })
    if (kept.size > 0) this.tell({ kind: 'received', tips: kept })
    // What did not help now may in a beat; to send it again at once could go on for ever.
    if (isNews) this.look()
  }

  private accept(envelopes: readonly Uint8Array[]): void {
    const inbox = [...this.state.inbox, ...envelopes]
    // One that is large by itself comes alone.
    this.change({ inbox: this.state.inbox.length === 0 ? inbox : within(inbox) })
    this.takeNext()
  }

  private takeNext(): void {
    const { inbox, waiting, retry, taking, phase } = this.state
    if (taking || (inbox.length === 0 && !retry) || phase === 'closed') return
    // What waits is opened again only when it may have come to its turn: to do so with each frame would be work for nothing.
    const envelopes = retry ? [...waiting, ...inbox] : inbox
    const offered = idsOf(this.setting.documentId, envelopes)
    this.change({ taking: true, retry: false, inbox: [], waiting: retry ? [] : waiting, offered })
    this.perform({ do: 'take', envelopes })
  }

  private release(before: Tips): void {
    const mended = hearOfSpoilt(this, before)
    if (mended.length > 0) this.acknowledge(mended)
  }

  /** Says what is held of these writers now. It is on disk. */
  acknowledge(writers: readonly string[]): void {
    this.sayHolds(new Map(writers.map((writer) => [writer, this.state.held.get(writer) ?? []])))
  }

  /** Says that nothing is held of these writers, so that all of theirs is sent: what is held does not lead to it. */
  private askForAll(writers: readonly string[]): void {
    if (this.state.gapSince !== null) this.change({ gapSince: this.now })
    this.sayHolds(new Map(writers.map((writer) => [writer, []])))
  }

  private sayHolds(tips: Tips): void {
    for (const page of pagesOf(tips)) {
      const revision = this.state.revision + 1
      this.change({ revision })
      this.send({ op: 'holds', revision, tips: page })
    }
  }
}
