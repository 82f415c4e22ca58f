import { beforeEach, describe, expect, it } from 'vitest'
import type { DocumentState, SaveState } from '../../documents/document-state.ts'
import { createSheafApi } from '../../sheaf-api.ts'
import { FakeBridge } from '../../testing/fake-bridge.ts'
import { SYNC } from '../../testing/together.ts'
import { Observable } from '../../window/observable.ts'
import { SyncWatch } from './sync-watch.ts'

const DOCUMENT = 'd0'.repeat(32)
const OTHER = 'e1'.repeat(32)
const RECEIVED = { ...SYNC, received: 2, devices: 2 }

let bridge: FakeBridge
let watch: SyncWatch
const documentId = new Observable<string | null>(null)
const state = new Observable<DocumentState | null>(null)
const answered = () => new Promise((resolve) => setTimeout(resolve, 0))
const asked = () => bridge.calls.filter((call) => call.startsWith('sync.get')).length

function is(save: SaveState): void {
  const file = { kind: 'ok', fileName: 'a', folder: '' } as const
  state.set({ save, reason: '', file, mode: 'write', readOnlyReason: '', notice: null })
}

beforeEach(() => {
  state.set(null)
  documentId.set(null)
  bridge = new FakeBridge()
  watch = new SyncWatch(createSheafApi(bridge), documentId, state)
  documentId.set(DOCUMENT)
})

describe('what is known of where words are', () => {
  it('SHARE-3: claims nothing before the main process was asked', async () => {
    bridge.sync = RECEIVED
    expect(watch.claim.get()).toEqual({ kind: 'nothing' })
    is('saved')
    expect(watch.claim.get()).toEqual({ kind: 'nothing' })
    await answered()
    expect(watch.claim.get()).toEqual({ kind: 'received', devices: 2 })
  })

  it('SHARE-3: what was received before says nothing of words written since, until it was asked again', async () => {
    bridge.sync = RECEIVED
    is('saved')
    await answered()
    is('saving')
    expect(watch.claim.get().kind).not.toBe('received')
    bridge.emit('sync.changed', { ...RECEIVED, documentId: DOCUMENT })
    expect(watch.claim.get().kind).not.toBe('received')
    bridge.sync = SYNC
    is('saved')
    expect(watch.claim.get().kind).not.toBe('received')
    await answered()
    expect(watch.claim.get()).toEqual({ kind: 'here' })
    bridge.emit('sync.changed', { ...RECEIVED, documentId: DOCUMENT })
    expect(watch.claim.get()).toEqual({ kind: 'received', devices: 2 })
    expect(asked()).toBe(2)
  })

  it('SHARE-3: an answer that comes while one types again counts for nothing', async () => {
    bridge.sync = RECEIVED
    is('saved')
    is('saving')
    await answered()
    expect(watch.claim.get().kind).not.toBe('received')
  })

  it('SHARE-4: hears of no other document, and forgets the one before', async () => {
    bridge.sync = RECEIVED
    is('saved')
    await answered()
    bridge.emit('sync.changed', { ...SYNC, documentId: OTHER })
    expect(watch.claim.get().kind).toBe('received')
    documentId.set(OTHER)
    expect(watch.view.get()).toBeNull()
    expect(watch.claim.get()).toEqual({ kind: 'nothing' })
  })

  it('SHARE-4: says that it can not tell when the main process does not answer', async () => {
    bridge.failAt('sync.get', {})
    is('saved')
    await answered()
    expect(watch.claim.get()).toEqual({ kind: 'unknown' })
  })
})
