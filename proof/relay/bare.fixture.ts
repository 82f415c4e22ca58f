/** A WebSocket to a relay without our client: it says what it is told to, true or not. */
import { WebSocket } from 'ws'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import type { SharedDocument, Someone } from '../../main/replication/shared-document.fixture.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../shared/protocol/frames.ts'
import {
  decodeRelayPacket,
  encodeRelayFrame,
  encodeRelayMessage,
  RELAY_PROTOCOL,
  type RelayMessage,
} from '../../shared/relay/relay-message.ts'
import { type Meeting, openBytes } from '../../shared/relay/relay-proof.ts'
import { until } from './relay.fixture.ts'

export class Bare {
  readonly socket: WebSocket
  readonly heard: RelayMessage[] = []
  frames = 0
  code: number | null = null
  onFrame: (frame: Frame) => void = () => undefined
  private readonly url: string

  constructor(url: string) {
    this.url = url
    this.socket = new WebSocket(`${url}/relay`, RELAY_PROTOCOL)
    this.socket.on('message', (data: Buffer) => {
      const packet = decodeRelayPacket(data)
      if (packet?.kind === 'message') this.heard.push(packet.message)
      if (packet?.kind !== 'frame') return
      this.frames += 1
      const frame = decodeFrame(packet.frame)
      if (typeof frame !== 'string') this.onFrame(frame)
    })
    this.socket.on('error', () => undefined)
    this.socket.on('close', (code) => (this.code = code))
  }

  get isOver(): boolean {
    return this.code !== null
  }

  /** What is signed for this connection; once the relay has said its nonce. */
  get meeting(): Meeting {
    const [challenge] = this.heard
    if (challenge?.t !== 'challenge') throw new Error('no challenge')
    return { host: new URL(this.url).host, nonce: challenge.nonce }
  }

  say(message: RelayMessage): void {
    this.socket.send(encodeRelayMessage(message))
  }

  frame(chan: number, frame: Frame): void {
    this.socket.send(encodeRelayFrame(chan, encodeFrame(frame)))
  }

  /** What opens a document, as a member's device would say it. */
  async opening(document: SharedDocument, by: Someone = document.founder): Promise<RelayMessage> {
    await until('challenged', () => this.heard.length > 0)
    const { documentId, chain } = document
    const sig = suite.sign(openBytes(this.meeting, documentId), by.member)
    return { t: 'open', id: 1, document: documentId, member: by.member.publicKey, sig, rows: [...chain] }
  }

  /** Opens a document; answers the channel. */
  async open(document: SharedDocument, by: Someone = document.founder): Promise<number> {
    const opening = await this.opening(document, by)
    this.say({ t: 'hello', min: 1, max: 1 })
    this.say(opening)
    const find = (): RelayMessage | undefined => this.heard.find(({ t }) => t === 'opened')
    await until('opened', () => find() !== undefined)
    const opened = find()
    return opened?.t === 'opened' ? opened.chan : 0
  }
}
