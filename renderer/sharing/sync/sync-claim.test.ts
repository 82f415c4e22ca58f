import { describe, expect, it } from 'vitest'
import type { SyncView, WayView } from '../../../shared/ipc/together.ts'
import { WHY_NOT } from '../../../shared/sharing/why-not.ts'
import { isPassing, syncClaim } from './sync-claim.ts'

const DOCUMENT = 'd0'.repeat(32)

function way(name: WayView['way'], state: WayView['state'], facts: Partial<WayView> = {}): WayView {
  return { way: name, state, problem: null, peers: 0, ...facts }
}

function sync(ways: readonly WayView[], facts: Partial<SyncView> = {}): SyncView {
  return { documentId: DOCUMENT, ways, sent: false, received: 0, devices: 0, heardAt: null, ...facts }
}

const offline = way('relay', 'problem', { problem: 'offline' })
const near = way('lan', 'connected', { peers: 1 })

describe('what the foot of the window claims', () => {
  it.each([
    ['nothing is on', sync([]), { kind: 'here' }],
    ['every way is off', sync([way('lan', 'off'), way('relay', 'off')]), { kind: 'here' }],
    ['others lack the last words and every way is off', sync([way('lan', 'off')], { devices: 2 }), { kind: 'here' }],
    ['nobody else is in, and it is looked for nearby', sync([way('lan', 'looking')]), { kind: 'here' }],
    ['a network without anybody, nobody else in', sync([way('lan', 'connected')]), { kind: 'here' }],
    ['the relay is there and has not everything', sync([way('relay', 'connected')]), { kind: 'sending' }],
    ['somebody near has not everything', sync([near], { devices: 1 }), { kind: 'sending' }],
    ['the relay has everything', sync([way('relay', 'connected')], { sent: true }), { kind: 'sent' }],
    ['the relay has everything and went away', sync([offline], { sent: true }), { kind: 'sent' }],
    ['two devices have everything', sync([near], { received: 2, devices: 3 }), { kind: 'received', devices: 2 }],
    [
      'devices count for more than the relay',
      sync([near], { sent: true, received: 1, devices: 1 }),
      { kind: 'received', devices: 1 },
    ],
    ['the relay is looked for', sync([way('relay', 'looking')]), { kind: 'looking' }],
    ['there is no network', sync([offline, way('lan', 'looking')], { devices: 1 }), { kind: 'offline' }],
    ['others are looked for nearby', sync([way('lan', 'looking')], { devices: 1 }), { kind: 'looking' }],
    ['nobody is near', sync([way('lan', 'problem', { problem: 'nobody-near' })], { devices: 1 }), { kind: 'offline' }],
    [
      'the relay is refused, and it is looked for nearby',
      sync([way('relay', 'problem', { problem: 'certificate' }), way('lan', 'looking')], { devices: 1 }),
      { kind: 'blocked', way: 'relay', why: 'certificate' },
    ],
    [
      'a blocked way beside one that works',
      sync([way('relay', 'problem', { problem: 'clock' }), near], { devices: 1 }),
      { kind: 'sending' },
    ],
    ['a Yjs server is all there is', sync([way('yjs', 'connected'), way('lan', 'looking')]), { kind: 'yjs' }],
    ['a Yjs server is looked for', sync([way('yjs', 'looking')]), { kind: 'looking' }],
    [
      'another computer has the room, and goes on having it',
      sync([way('yjs', 'problem', { problem: 'busy' })]),
      { kind: 'blocked', way: 'yjs', why: 'busy' },
    ],
    ['a Yjs server went away', sync([way('yjs', 'problem', { problem: 'offline' })]), { kind: 'offline' }],
  ] as const)('SHARE-1: %s', (_case, view, claim) => {
    expect(syncClaim(view, true)).toEqual(claim)
  })

  it('SHARE-1: each reason that does not pass by itself is said to be in the way', () => {
    for (const why of WHY_NOT) {
      const view = sync([way('relay', 'problem', { problem: why })], { devices: 1 })
      const passes = isPassing(why, 'relay')
      expect(syncClaim(view, true), why).toEqual(passes ? { kind: 'offline' } : { kind: 'blocked', way: 'relay', why })
    }
  })

  it('SHARE-2: in no state more is claimed than the main process said, and nothing of words it was not asked about', () => {
    const states = ['off', 'looking', 'connected', 'problem'] as const
    let seen = 0
    for (const lan of states)
      for (const relay of states)
        for (const yjs of states)
          for (const peers of [0, 1])
            for (const sent of [false, true])
              for (const received of [0, 2])
                for (const fresh of [false, true]) {
                  const ways = [
                    way('lan', lan, { peers, problem: lan === 'problem' ? 'nobody-near' : null }),
                    way('relay', relay, { problem: relay === 'problem' ? 'offline' : null }),
                    way('yjs', yjs, { problem: yjs === 'problem' ? 'offline' : null }),
                  ]
                  const { kind } = syncClaim(sync(ways, { sent, received, devices: 3 }), fresh)
                  if (kind === 'received') expect(fresh && received > 0).toBe(true)
                  if (kind === 'sent') expect(fresh && sent && received === 0).toBe(true)
                  if (kind === 'sending') expect(relay === 'connected' || (lan === 'connected' && peers > 0)).toBe(true)
                  if (kind === 'offline') expect([lan, relay, yjs]).toContain('problem')
                  if (kind === 'here') expect([relay, yjs]).toEqual(['off', 'off'])
                  seen += 1
                }
    expect(seen).toBe(1024)
  })
})
