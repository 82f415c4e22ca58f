/** A document's sharing as windows show it: people, invites, who asks, and work that waits. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import type {
  DeviceView,
  InviteView,
  PersonView,
  RequestView,
  SharingView,
  WaitingView,
} from '../../shared/ipc/together.ts'
import { personColors } from '../../shared/membership/person-color.ts'
import { mayWrite } from '../../shared/membership/role.ts'
import { openName } from '../../shared/sharing/invite-box.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import { deviceNames } from './person-writers.ts'
import type { RequestNote, SharingNotes } from './sharing-notes.ts'

export interface ViewParts {
  readonly suite: CryptoSuite
  readonly displayName: string
  readonly fingerprint: (root: Uint8Array) => string
  readonly notes: SharingNotes
  /** Requests that are kept elsewhere. */
  readonly requests: readonly RequestNote[]
  /** Member keys of devices that are there now. */
  readonly online: ReadonlySet<string>
  /** What those that are there call themselves. */
  readonly live: ReadonlyMap<string, string>
  readonly lan: boolean
}

export function sharingView(parts: ViewParts, document: OpenDocument): SharingView {
  const membership = document.membership()
  const isShared = membership.epoch > 0
  const role = document.members.role() ?? 'reader'
  return {
    documentId: document.documentId,
    shared: isShared,
    role,
    people: isShared ? people(parts, document) : [],
    invites: invites(parts, document),
    requests: requests(parts, document),
    waiting: mayWrite(role, 0) ? waiting(document) : [],
    relay: membership.relay,
    lan: parts.lan,
  }
}

function people(
  { suite, displayName, fingerprint, notes, online, live }: ViewParts,
  document: OpenDocument,
): PersonView[] {
  const [names, heard, verified] = [
    notes.names(),
    new Map([...deviceNames(suite, document), ...live]),
    notes.verified(),
  ]
  const { root, member } = document.members.keys
  const [you, here] = [toHex(root.publicKey), toHex(member.publicKey)]
  const colors = personColors(document.membership())
  return [...document.membership().people].map(([id, { role, devices }]) => ({
    id,
    name: id === you ? displayName : (nameOf(devices, heard) ?? names.get(id) ?? ''),
    role,
    you: id === you,
    devices: [...devices].map(
      (device): DeviceView => ({
        id: device,
        name: heard.get(device) ?? '',
        here: device === here,
        online: device === here || online.has(device),
      }),
    ),
    online: id === you || [...devices].some((device) => online.has(device)),
    verified: verified.has(id),
    color: colors.get(id) ?? 0,
    fingerprint: fingerprint(fromHex(id)),
  }))
}

function nameOf(devices: ReadonlySet<string>, heard: ReadonlyMap<string, string>): string | undefined {
  return [...devices].map((device) => heard.get(device)).find((name) => name !== undefined && name !== '')
}

/** Those that can be taken, and those made here that were used up. */
function invites({ notes }: ViewParts, document: OpenDocument): InviteView[] {
  const made = new Map(notes.invites().map(({ id, uses }) => [id, uses]))
  return [...document.membership().invites].flatMap(([id, { role, uses: left, expires, approval }]) => {
    const uses = made.get(id) ?? left
    return left === 0 ? [] : [{ id, role, uses: Math.max(uses, left), left, expires, approval }]
  })
}

function requests(
  { suite, fingerprint, notes, requests: elsewhere }: ViewParts,
  document: OpenDocument,
): RequestView[] {
  const { people: all, invites: open, documentId } = document.membership()
  const seeds = new Map(notes.invites().map(({ id, seed }) => [id, seed]))
  const asked = new Map([...notes.requests(), ...elsewhere].map((request) => [toHex(request.root), request]))
  return [...asked].flatMap(([id, { invite, root, name }]) => {
    const one = open.get(toHex(invite))
    if (one === undefined || one.uses === 0 || all.has(id)) return []
    const seed = seeds.get(toHex(invite))
    const called = seed === undefined ? '' : openName(suite, seed, documentId, name)
    return [{ id, name: called, role: one.role, fingerprint: fingerprint(root) }]
  })
}

function waiting(document: OpenDocument): WaitingView[] {
  return document.rights.waiting().map(({ id, author, words, reason }) => ({ id, author, words, reason }))
}
