import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { DocumentMirror } from './document-mirror.ts'
import { RoomPeople } from './room-people.ts'

it('YJS-15: a garbled place of one of ours is shown as nowhere, now and whenever it is said again', () => {
  const state = Y.encodeStateAsUpdate(new Y.Doc())
  const mirror = new DocumentMirror({ state, rows: [], writer: 7, random: () => 0.5 })
  const people = new RoomPeople({ now: () => 0 }, () => 0.25)
  const garbled = Uint8Array.of(255, 255)
  const window = { session: '1', person: null, name: 'Alice', color: 0, typing: false, idle: false }
  const others = new RoomPeople({ now: () => 0 }, () => 0.75)
  for (const shown of [people.show([{ ...window, anchor: garbled, head: garbled }], mirror), people.renew(mirror)]) {
    others.take(shown ?? new Uint8Array())
    expect(others.present(mirror)).toMatchObject([{ name: 'Alice', anchor: null, head: null }])
  }
})
