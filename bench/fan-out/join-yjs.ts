/** A member of the crowd on a server that merges Yjs itself: y-websocket's, or Hocuspocus. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Join } from './crowd.ts'

const SYNC = 0
const STEP_1 = 0
const UPDATE = 2
const AUTHENTICATE = 2

/** Hocuspocus carries many documents on one WebSocket: its messages begin with the name, and the first one is a token. */
export function joinYjs(server: 'y-websocket' | 'hocuspocus'): Join {
  const named = server === 'hocuspocus'
  return async (url, _, hear) => {
    const doc = new Y.Doc()
    const text = doc.getText('page')
    const socket = new WebSocket(named ? url : `${url}/page`, { perMessageDeflate: false })
    const message = (write: (encoder: encoding.Encoder) => void): void => {
      const encoder = encoding.createEncoder()
      if (named) encoding.writeVarString(encoder, 'page')
      write(encoder)
      socket.send(encoding.toUint8Array(encoder))
    }
    let last = ''
    doc.on('update', (update: Uint8Array) => {
      last = nameOf(update)
      message((encoder) => {
        encoding.writeVarUint(encoder, SYNC)
        encoding.writeVarUint(encoder, UPDATE)
        encoding.writeVarUint8Array(encoder, update)
      })
    })
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('open', () => {
        if (named) {
          message((encoder) => {
            encoding.writeVarUint(encoder, AUTHENTICATE)
            encoding.writeVarUint(encoder, 0)
            encoding.writeVarString(encoder, 'token')
          })
        }
        message((encoder) => {
          encoding.writeVarUint(encoder, SYNC)
          encoding.writeVarUint(encoder, STEP_1)
          encoding.writeVarUint8Array(encoder, Y.encodeStateVector(doc))
        })
      })
      socket.on('message', (data: Buffer) => {
        const decoder = decoding.createDecoder(new Uint8Array(data))
        if (named) decoding.readVarString(decoder)
        if (decoding.readVarUint(decoder) !== SYNC) return
        const step = decoding.readVarUint(decoder)
        if (step !== STEP_1 && step !== UPDATE) return resolve()
        if (step === UPDATE) hear(nameOf(decoding.readVarUint8Array(decoder)))
      })
    })
    return {
      socket,
      type: () => {
        text.insert(text.length, 'x')
        return last
      },
    }
  }
}

/** A keystroke's update names its writer and the writer's clock first. */
function nameOf(update: Uint8Array): string {
  const decoder = decoding.createDecoder(update)
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  const client = decoding.readVarUint(decoder)
  return `${client}:${decoding.readVarUint(decoder)}`
}
