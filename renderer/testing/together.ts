/** A document nobody shares, as a window is told of it. */
import type { PersonView, SharingView, SyncView, WayView } from '../../shared/ipc/together.ts'

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
    devices: 1,
    online: false,
    verified: false,
    color: 0,
    fingerprint: Array.from({ length: 12 }, (_, group) => String(10_000 + group)).join(' '),
    ...facts,
  }
}

export const ALICE = person('Alice', { role: 'owner', you: true })

/** A document of Alice's that others are in. */
export function together(...others: readonly PersonView[]): SharingView {
  return { ...SHARING, shared: true, people: [ALICE, ...others], relay: 'https://relay.example.org' }
}

export function yjsWay(on: boolean): readonly WayView[] {
  return [{ way: 'yjs', state: on ? 'connected' : 'off', problem: null, peers: 0 }]
}
