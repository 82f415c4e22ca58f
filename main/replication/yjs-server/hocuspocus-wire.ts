/** The protocol of Hocuspocus servers: each message begins with the room's name, and a token is shown before all else. */
import * as decoding from 'lib0/decoding'
import { MESSAGE, message, number, reading, readPeople, readSync, sayings, text } from './y-protocol.ts'
import type { YjsWire } from './yjs-wire.ts'

const SYNC_REPLY = 4
const CLOSE = 7
const SYNC_STATUS = 8
const AUTH = { token: 0, denied: 1, letIn: 2 } as const

export function hocuspocusWire(room: string, token: string | null): YjsWire {
  const before = [text(room), number(MESSAGE.auth), number(AUTH.token)]
  return {
    ...sayings([text(room)]),
    // A server that asks for no token still waits for one.
    opening: [message(...before, text(token ?? ''))],
    asksForToken: true,
    address: (url) => url,
    read: (data) =>
      reading(data, (decoder) => {
        if (decoding.readVarString(decoder) !== room) return { kind: 'nothing' }
        switch (decoding.readVarUint(decoder)) {
          case MESSAGE.sync:
          case SYNC_REPLY:
            return readSync(decoder)
          case MESSAGE.people:
            return readPeople(decoder)
          case MESSAGE.askForPeople:
            return { kind: 'asked-for-people' }
          case MESSAGE.auth:
            switch (decoding.readVarUint(decoder)) {
              case AUTH.denied:
                return { kind: 'denied' }
              case AUTH.letIn:
                return { kind: 'let-in', mayWrite: decoding.readVarString(decoder) !== 'readonly' }
              default:
                return { kind: 'nothing' }
            }
          case CLOSE:
            return { kind: 'left' }
          case SYNC_STATUS:
            return decoding.readVarInt(decoder) === 1 ? { kind: 'nothing' } : { kind: 'not-taken' }
          default:
            return { kind: 'nothing' }
        }
      }),
  }
}
