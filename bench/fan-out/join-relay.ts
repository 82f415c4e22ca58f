/** A member of the crowd on Sheaf's relay: signs, seals and sends each keystroke, acknowledges what comes. */
import { WebSocket } from 'ws'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import { Replica } from '../../main/log/replica.fixture.ts'
import type { SharedDocument } from '../../main/replication/shared-document.fixture.ts'
import { toHex } from '../../shared/ids.ts'
import { readEnvelope, sealRecord } from '../../shared/protocol/envelope.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../shared/protocol/frames.ts'
import type { Tip } from '../../shared/protocol/tips.ts'
import {
  decodeRelayPacket,
  encodeRelayFrame,
  encodeRelayMessage,
  RELAY_PROTOCOL,
  type RelayMessage,
} from '../../shared/relay/relay-message.ts'
import { openBytes } from '../../shared/relay/relay-proof.ts'
import type { Join } from './crowd.ts'

export function joinRelay(document: SharedDocument): Join {
  const key = { epoch: 1, key: suite.random(32) }
  return async (url, number, hear) => {
    const { documentId, founder, chain } = document
    const author = new Replica(documentId, `writer ${number}`)
    const socket = new WebSocket(`${url}/relay`, RELAY_PROTOCOL, { perMessageDeflate: false })
    let chan = 0
    let revision = 0
    const say = (message: RelayMessage): void => socket.send(encodeRelayMessage(message))
    const send = (frame: Frame): void => socket.send(encodeRelayFrame(chan, encodeFrame(frame)))
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('message', (data: Buffer) => {
        const packet = decodeRelayPacket(data)
        if (packet?.kind === 'message' && packet.message.t === 'challenge') {
          const sig = suite.sign(
            openBytes({ host: new URL(url).host, nonce: packet.message.nonce }, documentId),
            founder.member,
          )
          say({ t: 'hello', min: 1, max: 1 })
          say({ t: 'open', id: 1, document: documentId, member: founder.member.publicKey, sig, rows: [...chain] })
        } else if (packet?.kind === 'message' && packet.message.t === 'opened') {
          chan = packet.message.chan
          send({ op: 'hello', min: 1, max: 1, documentId, session: toHex(suite.random(8)) })
          const end = { seq: 0, hash: documentId }
          send({ op: 'heads', revision: (revision += 1), page: 0, pages: 1, chain: end, tips: new Map() })
          resolve()
        } else if (packet?.kind === 'frame') {
          const frame = decodeFrame(packet.frame)
          if (typeof frame === 'string' || frame.op !== 'records') return
          const tips = new Map<string, Tip[]>()
          for (const envelope of frame.envelopes) {
            const sealed = readEnvelope(documentId, envelope)
            if (typeof sealed === 'string') throw new Error(sealed)
            tips.set(toHex(sealed.writer), [{ seq: sealed.seq, recId: toHex(sealed.recId) }])
            hear(toHex(sealed.recId))
          }
          send({ op: 'holds', revision: (revision += 1), tips })
        }
      })
    })
    return {
      socket,
      type: () => {
        author.type('x')
        const [record] = author.seal()
        if (record === undefined) throw new Error('Broken invariant: a keystroke is a record')
        send({ op: 'records', envelopes: [sealRecord(suite, documentId, key, record)] })
        return toHex(record.recId)
      },
    }
  }
}
