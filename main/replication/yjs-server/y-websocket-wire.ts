/** The protocol of y-websocket servers: the room is in the address, a token in its query, and messages stand alone. */
import * as decoding from 'lib0/decoding'
import { MESSAGE, reading, readPeople, readSync, sayings } from './y-protocol.ts'
import type { YjsWire } from './yjs-wire.ts'

export function yWebsocketWire(): YjsWire {
  return {
    ...sayings([]),
    opening: [],
    asksForToken: false,
    address(url, room, token) {
      const address = new URL(url)
      address.pathname = `${address.pathname.replace(/\/$/, '')}/${encodeURI(room).replaceAll('?', '%3F').replaceAll('#', '%23')}`
      if (token !== null) address.searchParams.set('token', token)
      return address
    },
    read: (data) =>
      reading(data, (decoder) => {
        switch (decoding.readVarUint(decoder)) {
          case MESSAGE.sync:
            return readSync(decoder)
          case MESSAGE.people:
            return readPeople(decoder)
          case MESSAGE.auth:
            return { kind: 'denied' }
          case MESSAGE.askForPeople:
            return { kind: 'asked-for-people' }
          default:
            return { kind: 'nothing' }
        }
      }),
  }
}
