/** A document nobody shares, as a window is told of it. */
import type { DeviceView, PersonView, SharingView, SyncView, WayView } from '../../shared/ipc/together.ts'

export const SHARING: SharingView = {
  documentId: '',
  shared: false,
  role: 'owner',
  people: [],
  invites: [],
  requests: [],
  waiting: [],
  relay: null,
  lan: true,
}

export const SYNC: SyncView = { documentId: '', ways: [], sent: false, received: 0, devices: 0, heardAt: null }

/** One person of a document. */
export function person(name: string, facts: Partial<PersonView> = {}): PersonView {
  return {
    id: name.toLowerCase(),
    name,
    role: 'editor',
    you: false,
    devices: devices(name.toLowerCase(), 1),
    online: false,
    verified: false,
    color: 0,
    fingerprint: Array.from({ length: 12 }, (_, group) => String(10_000 + group)).join(' '),
    ...facts,
  }
}

/** So many devices, the first of which is here when `here`. */
export function devices(name: string, count: number, here = false): readonly DeviceView[] {
  return Array.from({ length: count }, (_, at) => {
    const isHere = here && at === 0
    return { id: `${name} ${at + 1}`, name: at === 0 ? name : '', here: isHere, online: isHere }
  })
}

export const ALICE = person('Alice', { role: 'owner', you: true })

/** A document of Alice's that others are in. */
export function together(...others: readonly PersonView[]): SharingView {
  return { ...SHARING, shared: true, people: [ALICE, ...others], relay: 'https://relay.example.org' }
}

export function yjsWay(on: boolean): readonly WayView[] {
  return [{ way: 'yjs', state: on ? 'connected' : 'off', problem: null, peers: 0 }]
}
