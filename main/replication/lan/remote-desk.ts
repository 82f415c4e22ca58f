/**
 * A desk on another computer of the local network: whoever made an invite, at the addresses it names or wherever they are
 * heard of. Every address is knocked at with the invite's secret; who does not know it can't tell that they were asked.
 */
import { concat, type CryptoSuite } from '../../../shared/crypto/crypto-suite.ts'
import type { StoredLink } from '../../../shared/membership/member-op.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import type { InviteDesk, JoinRequest } from '../../sharing/invite-desk.ts'
import { type Answer, decodeAnswer, encodeQuestion, knockSecret, type Question } from './desk-message.ts'
import type { ConnectionEvents, Ending, LanConnection } from './lan-connection.ts'

export interface RemoteDeskParts {
  readonly suite: CryptoSuite
  readonly seed: Uint8Array
  /** Where it may be, as far as is known now. */
  addresses(): readonly string[]
  /** Null for what is no address. */
  connect(address: string, secret: Uint8Array, events: ConnectionEvents): LanConnection | null
  /** Others are to be listened for until `done` is called. */
  listen(): () => void
  /** Milliseconds: how long it is looked for, and how long an answer may take. */
  readonly patience: number
  readonly answering: number
}

/** Bytes an answer may have: a chain of tens of thousands of rows. */
const MAX_ANSWER = 16 * 1024 * 1024
const LOOK_EVERY = 200
/** Milliseconds after the last answer until the connection is closed. */
const IDLE = 10_000

type Asking = (bytes: Uint8Array | null) => void

interface Reached {
  readonly connection: LanConnection
  readonly asking: Map<number, { readonly done: Asking; readonly parts: Uint8Array[]; bytes: number }>
}

export class RemoteDesk implements InviteDesk {
  private readonly parts: RemoteDeskParts
  private reached: Promise<Reached | WhyNot> | null = null
  private questions = 0
  private idle: NodeJS.Timeout | null = null

  constructor(parts: RemoteDeskParts) {
    this.parts = parts
  }

  async look(document: Uint8Array, invite: Uint8Array): Promise<{ readonly chain: readonly StoredLink[] } | WhyNot> {
    const answer = await this.put({ do: 'look', document, invite })
    if (answer === 'stale' || answer === 'waiting') return 'refused'
    return typeof answer === 'string' ? answer : { chain: answer.chain }
  }

  async take(
    document: Uint8Array,
    invite: Uint8Array,
    row: StoredLink,
    name: Uint8Array,
  ): Promise<{ readonly chain: readonly StoredLink[]; readonly box: Uint8Array } | 'stale' | WhyNot> {
    const answer = await this.put({ do: 'take', document, invite, row, name })
    if (answer === 'waiting') return 'refused'
    if (typeof answer === 'string') return answer
    return answer.box === null ? 'refused' : { chain: answer.chain, box: answer.box }
  }

  async ask(
    document: Uint8Array,
    invite: Uint8Array,
    request: JoinRequest,
  ): Promise<{ readonly chain: readonly StoredLink[] } | 'waiting' | WhyNot> {
    const answer = await this.put({ do: 'ask', document, invite, request })
    if (answer === 'stale') return 'refused'
    return typeof answer === 'string' ? answer : { chain: answer.chain }
  }

  private async put(question: Question): Promise<Answer> {
    if (this.idle !== null) clearTimeout(this.idle)
    this.reached ??= this.reach()
    const reached = await this.reached
    if (typeof reached === 'string') {
      this.reached = null
      return reached
    }
    const bytes = await this.exchange(reached, encodeQuestion(question))
    this.idle = setTimeout(() => reached.connection.close(), IDLE)
    this.idle.unref()
    const answer = bytes === null ? 'nobody-near' : decodeAnswer(bytes)
    return answer ?? 'version'
  }

  /** Null when there is no answer. */
  private exchange({ connection, asking }: Reached, bytes: Uint8Array): Promise<Uint8Array | null> {
    if (!connection.isOpen) {
      this.reached = null
      return Promise.resolve(null)
    }
    const question = (this.questions += 1)
    return new Promise((resolve) => {
      const done = (answer: Uint8Array | null): void => {
        clearTimeout(timer)
        asking.delete(question)
        resolve(answer)
      }
      const timer = setTimeout(() => done(null), this.parts.answering)
      asking.set(question, { done, parts: [], bytes: 0 })
      connection.send({ op: 'ask', question, bytes })
    })
  }

  /** Knocks wherever it may be, until somebody opens. */
  private reach(): Promise<Reached | WhyNot> {
    const { suite, seed, patience } = this.parts
    const secret = knockSecret(suite, seed)
    const done = this.parts.listen()
    const endings = new Map<string, Ending | null>()
    const knocking = new Set<LanConnection>()
    return new Promise((resolve) => {
      let isOver = false
      const finish = (found: Reached | WhyNot): void => {
        if (isOver) return
        isOver = true
        clearTimeout(timer)
        clearInterval(looking)
        done()
        for (const other of knocking) if (typeof found === 'string' || other !== found.connection) other.close()
        resolve(found)
      }
      const knock = (address: string): void => {
        endings.set(address, null)
        const asking: Reached['asking'] = new Map()
        const connection = this.parts.connect(address, secret, {
          secured: () => {
            if (connection !== null) finish({ connection, asking })
          },
          message: (message) => {
            if (message.op === 'answer') this.hear(asking, message)
          },
          ended: (ending) => {
            endings.set(address, ending)
            if (connection !== null) knocking.delete(connection)
            for (const { done: give } of asking.values()) give(null)
            this.forget(connection)
          },
        })
        if (connection === null) endings.set(address, 'no-such-name')
        else knocking.add(connection)
      }
      const look = (): void => {
        for (const address of this.parts.addresses()) if (!endings.has(address)) knock(address)
      }
      const looking = setInterval(look, LOOK_EVERY)
      const timer = setTimeout(() => finish(whyNot([...endings.values()])), patience)
      look()
    })
  }

  private hear(
    asking: Reached['asking'],
    { question, isLast, bytes }: { question: number; isLast: boolean; bytes: Uint8Array },
  ): void {
    const one = asking.get(question)
    if (one === undefined) return
    one.parts.push(bytes)
    one.bytes += bytes.length
    if (one.bytes > MAX_ANSWER) one.done(null)
    else if (isLast) one.done(concat(...one.parts))
  }

  /** The connection is over: the next question finds another. */
  private forget(connection: LanConnection | null): void {
    void this.reached?.then((reached) => {
      if (typeof reached !== 'string' && reached.connection === connection) this.reached = null
    })
  }
}

/** Why none of the addresses was the desk. */
function whyNot(endings: readonly (Ending | null)[]): WhyNot {
  if (endings.includes('version')) return 'version'
  // Somebody answers, and knows of no such invite.
  if (endings.includes('key')) return 'no-such-invite'
  const walled: readonly (Ending | null)[] = [null, 'silent', 'late', 'no-way']
  if (endings.some((ending) => walled.includes(ending))) return 'firewall'
  return 'nobody-near'
}
