/** A desk's counter on the local network: takes the questions of those who knocked with an invite, one at a time. */
import { SheafError } from '../../../shared/errors.ts'
import type { InviteDesk } from '../../sharing/invite-desk.ts'
import { type Answer, decodeQuestion, encodeAnswer, type Question } from './desk-message.ts'
import type { LanConnection } from './lan-connection.ts'
import type { LanMessage } from './lan-message.ts'

/** A desk, and what those who may knock at it know: the LAN secrets of the invites that are open. */
export interface ServedDesk extends InviteDesk {
  lanSecrets(): readonly Uint8Array[]
}

/** Bytes of an answer in one message. */
export const PART = 512 * 1024
/** Questions of one connection that wait for their answer. */
const MAX_WAITING = 4

export class DeskCounter {
  private readonly desk: ServedDesk
  private readonly failed: (cause: unknown) => void
  private readonly queues = new WeakMap<LanConnection, { waiting: number; last: Promise<void> }>()

  /** `failed` is told of what the desk threw; whoever asked is told that it is busy. */
  constructor(desk: ServedDesk, failed: (cause: unknown) => void) {
    this.desk = desk
    this.failed = failed
  }

  secrets(): readonly Uint8Array[] {
    return this.desk.lanSecrets()
  }

  /** Answers in the order in which it was asked; closes on whoever asks what nobody does, or too much. */
  take(connection: LanConnection, { question, bytes }: Extract<LanMessage, { op: 'ask' }>): void {
    const asked = decodeQuestion(bytes)
    const queue = this.queues.get(connection) ?? { waiting: 0, last: Promise.resolve() }
    if (asked === null || queue.waiting >= MAX_WAITING) return connection.close()
    queue.waiting += 1
    queue.last = queue.last
      .then(() => this.ask(asked))
      .then((answer) => {
        queue.waiting -= 1
        reply(connection, question, encodeAnswer(answer))
      })
    this.queues.set(connection, queue)
  }

  private async ask(question: Question): Promise<Answer> {
    try {
      return await this.pass(question)
    } catch (cause) {
      this.failed(cause)
      return cause instanceof SheafError && cause.kind === 'not-found' ? 'unknown-document' : 'busy'
    }
  }

  private async pass(question: Question): Promise<Answer> {
    const { document, invite } = question
    switch (question.do) {
      case 'look':
        return withoutBox(await this.desk.look(document, invite))
      case 'take':
        return this.desk.take(document, invite, question.row, question.name)
      case 'ask':
        return withoutBox(await this.desk.ask(document, invite, question.request))
    }
  }
}

function withoutBox(answer: Awaited<ReturnType<InviteDesk['ask']>>): Answer {
  return typeof answer === 'string' ? answer : { chain: answer.chain, box: null }
}

function reply(connection: LanConnection, question: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += PART) {
    const isLast = at + PART >= bytes.length
    connection.send({ op: 'answer', question, isLast, bytes: bytes.subarray(at, at + PART) })
  }
}
