/**
 * Membership: who may do what in a document, as its chain of operations says. A pure function of the chain, verified link
 * by link from the genesis; a value is never changed, each link gives the next one.
 *
 * One sequencer appends, by compare and swap: a link that does not follow the last one is stale, and whoever made it looks
 * again and makes it anew. So two owners can't fork the chain.
 */
import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import { equalBytes, toHex } from '../ids.ts'
import { readGenesis, type StoredGenesis } from '../log/genesis.ts'
import type { Heads } from '../log/heads.ts'
import {
  type Cut,
  type MemberChange,
  type MemberOp,
  readMemberOp,
  type StoredLink,
  verifyConsent,
} from './member-op.ts'
import { isLess, type Role } from './role.ts'

/** A time in which a device's records are judged by one role: between two links of the chain. */
export interface Period {
  readonly role: Role
  /** The link that began it. */
  readonly from: number
  /** The link that ended it, and how far the records count that its writers may have made before hearing of that. */
  readonly end: { readonly at: number; readonly cut: Heads } | null
}

export interface Person {
  readonly role: Role
  /** Member keys (hexadecimal) of the devices that are in now. */
  readonly devices: ReadonlySet<string>
}

export interface Invite {
  readonly role: Role
  /** Uses that are left. */
  readonly uses: number
  readonly expires: number
  readonly approval: boolean
}

export interface Membership {
  readonly documentId: Uint8Array
  /** Number and hash of the last link. */
  readonly seq: number
  readonly hash: Uint8Array
  /** The link that first let anybody else in; null while nobody was. */
  readonly sharedAt: number | null
  /** Root key (hexadecimal) -> person. */
  readonly people: ReadonlyMap<string, Person>
  /** Member key (hexadecimal) -> its times, oldest first; those of removed devices too. */
  readonly periods: ReadonlyMap<string, readonly Period[]>
  readonly invites: ReadonlyMap<string, Invite>
  /** The current epoch; 0 and null before the first one. */
  readonly epoch: number
  readonly commitment: Uint8Array | null
  /** Address of the relay the document is on. */
  readonly relay: string | null
}

export type LinkRefusal =
  /** It does not follow the last link: another came first. */
  | 'stale'
  /** Garbled, or not signed by the key it names. */
  | 'forged'
  /** Its signer may not do that. */
  | 'not-allowed'
  /** A change that a later version of this program knows. */
  | 'newer'
  /** It names people, devices or invites that aren't there, or are already. */
  | 'mistaken'

/** Null when the row is no genesis. A document that nobody founded has no members, and no link can follow. */
export function beginMembership(suite: CryptoSuite, genesis: StoredGenesis): Membership | null {
  const founded = readGenesis(suite, genesis)
  if (founded === null) return null
  const empty: Membership = {
    documentId: genesis.hash,
    seq: 0,
    hash: genesis.hash,
    sharedAt: null,
    people: new Map(),
    periods: new Map(),
    invites: new Map(),
    epoch: 0,
    commitment: null,
    relay: null,
  }
  return founded.root === null || founded.member === null
    ? empty
    : admit(empty, founded.root, founded.member, 'owner', 0)
}

/** The membership after one more link, or why that can't be one. The sequencer appends what this accepts. */
export function followLink(suite: CryptoSuite, before: Membership, link: StoredLink): Membership | LinkRefusal {
  const op = readMemberOp(suite, before.documentId, link)
  if (typeof op === 'string') return op
  if (op.seq !== before.seq + 1 || !equalBytes(op.prev, before.hash)) return 'stale'
  if (!isAllowed(suite, before, op)) return 'not-allowed'
  // To each device that is in every new key is sealed: one that nothing can be sealed to would keep all others from being removed.
  if (!bringsDevice(suite, op.change)) return 'mistaken'
  const after = change(before, op.change, op.seq)
  return after === null ? 'mistaken' : { ...after, seq: op.seq, hash: link.hash }
}

/** The membership of a whole chain, row 0 first, or why and at which row it can't be trusted. */
export function readMembership(
  suite: CryptoSuite,
  chain: readonly StoredLink[],
): Membership | { readonly row: number; readonly refusal: LinkRefusal } {
  const [genesis, ...links] = chain
  let membership = genesis === undefined ? null : beginMembership(suite, genesis)
  if (membership === null) return { row: 0, refusal: 'forged' }
  for (const link of links) {
    const next: Membership | LinkRefusal = followLink(suite, membership, link)
    if (typeof next === 'string') return { row: membership.seq + 1, refusal: next }
    membership = next
  }
  return membership
}

/** Whose device this is, by root key; null for nobody's, or for one that was removed. */
export function personOf(membership: Membership, member: Uint8Array): string | null {
  const device = toHex(member)
  for (const [root, person] of membership.people) if (person.devices.has(device)) return root
  return null
}

/** Whether a device is let in, or once was. */
export type Standing = 'in' | 'was' | 'never'

export function standingOf(membership: Membership, member: Uint8Array): Standing {
  if (personOf(membership, member) !== null) return 'in'
  return membership.periods.has(toHex(member)) ? 'was' : 'never'
}

/**
 * Whether this device appends the rows of others: no relay does, and it is one of the founder's, or of the owner who has
 * been one for longest when the founder is none any more.
 */
export function isSequencer(membership: Membership, member: Uint8Array): boolean {
  if (membership.relay !== null) return false
  const [root] = [...membership.people].find(([, { role }]) => role === 'owner') ?? []
  return root !== undefined && personOf(membership, member) === root
}

function isAllowed(suite: CryptoSuite, membership: Membership, { by, change }: MemberOp): boolean {
  switch (change.type) {
    case 'device-add':
      return equalBytes(by, change.root)
    case 'device-remove':
      return (
        isOwner(membership, by) || equalBytes(by, change.member) || toHex(by) === personOf(membership, change.member)
      )
    case 'invite-use':
      return equalBytes(by, change.invite) && verifyConsent(suite, membership.documentId, change)
    default:
      return isOwner(membership, by)
  }
}

function bringsDevice(suite: CryptoSuite, change: MemberChange): boolean {
  const brings = change.type === 'add' || change.type === 'device-add' || change.type === 'invite-use'
  return !brings || suite.isPublicKey(change.member)
}

function isOwner(membership: Membership, member: Uint8Array): boolean {
  const root = personOf(membership, member)
  return root !== null && membership.people.get(root)?.role === 'owner'
}

function change(before: Membership, change: MemberChange, at: number): Membership | null {
  switch (change.type) {
    case 'add':
      if (isKnown(before, change.root, change.member) || (before.epoch > 0 && change.key === null)) return null
      return share(admit(before, change.root, change.member, change.role, at), at)
    case 'role':
      return changeRole(before, change.root, change.role, change.cut, at)
    case 'remove':
      return removePerson(before, change.root, change.cut, at)
    case 'device-add': {
      const person = before.people.get(toHex(change.root))
      if (person === undefined || personOf(before, change.member) !== null) return null
      return admit(before, change.root, change.member, person.role, at)
    }
    case 'device-remove':
      return removeDevice(before, change.member, change.cut, at)
    case 'rotate':
      if (change.epoch !== before.epoch + 1 || (change.before === null) !== (change.epoch === 1)) return null
      return reachesAll(before, change.keys) ? { ...before, epoch: change.epoch, commitment: change.commitment } : null
    case 'relay':
      return change.url === before.relay ? null : { ...before, relay: change.url }
    case 'invite': {
      const key = toHex(change.invite)
      if (before.invites.has(key)) return null
      const { role, uses, expires, approval } = change
      return share({ ...before, invites: new Map([...before.invites, [key, { role, uses, expires, approval }]]) }, at)
    }
    case 'invite-use': {
      const key = toHex(change.invite)
      const invite = before.invites.get(key)
      if (invite === undefined || invite.uses === 0 || invite.approval) return null
      if (isKnown(before, change.root, change.member)) return null
      const invites = new Map([...before.invites, [key, { ...invite, uses: invite.uses - 1 }] as const])
      return admit({ ...before, invites }, change.root, change.member, invite.role, at)
    }
    case 'invite-drop': {
      // It stays known with no use left: an invite's key can't come back with more.
      const key = toHex(change.invite)
      const invite = before.invites.get(key)
      if (invite === undefined || invite.uses === 0) return null
      return { ...before, invites: new Map([...before.invites, [key, { ...invite, uses: 0 }]]) }
    }
  }
}

/** Whether a key is sealed to each device that is in, and to no other. */
function reachesAll({ people }: Membership, keys: readonly (readonly [Uint8Array, Uint8Array])[]): boolean {
  const reached = new Set(keys.map(([member]) => toHex(member)))
  const devices = [...people.values()].flatMap((person) => [...person.devices])
  return reached.size === keys.length && keys.length === devices.length && devices.every((one) => reached.has(one))
}

function share(membership: Membership, at: number): Membership {
  return membership.sharedAt === null ? { ...membership, sharedAt: at } : membership
}

function isKnown(membership: Membership, root: Uint8Array, member: Uint8Array): boolean {
  return membership.people.has(toHex(root)) || personOf(membership, member) !== null
}

function admit(before: Membership, root: Uint8Array, member: Uint8Array, role: Role, at: number): Membership {
  const devices = before.people.get(toHex(root))?.devices ?? []
  const device = toHex(member)
  return {
    ...before,
    people: new Map([...before.people, [toHex(root), { role, devices: new Set([...devices, device]) }]]),
    periods: new Map([
      ...before.periods,
      [device, [...(before.periods.get(device) ?? []), { role, from: at, end: null }]],
    ]),
  }
}

function changeRole(before: Membership, root: Uint8Array, role: Role, cut: Cut, at: number): Membership | null {
  const key = toHex(root)
  const person = before.people.get(key)
  if (person === undefined || person.role === role || isLastOwner(before, key)) return null
  const periods = new Map(before.periods)
  for (const device of person.devices) {
    // Who gains rights loses none: what they wrote before hearing of it counts as before.
    const ended = isLess(role, person.role) ? endPeriod(periods.get(device), cut, at) : (periods.get(device) ?? [])
    periods.set(device, [...ended, { role, from: at, end: null }])
  }
  return { ...before, periods, people: new Map([...before.people, [key, { ...person, role }]]) }
}

function removePerson(before: Membership, root: Uint8Array, cut: Cut, at: number): Membership | null {
  const key = toHex(root)
  const person = before.people.get(key)
  if (person === undefined || isLastOwner(before, key)) return null
  const periods = new Map(before.periods)
  for (const device of person.devices) periods.set(device, endPeriod(periods.get(device), cut, at))
  const people = new Map(before.people)
  people.delete(key)
  return { ...before, periods, people }
}

function removeDevice(before: Membership, member: Uint8Array, cut: Cut, at: number): Membership | null {
  const device = toHex(member)
  const root = personOf(before, member)
  const person = root === null ? undefined : before.people.get(root)
  if (root === null || person === undefined || person.devices.size === 1) return null
  const devices = new Set([...person.devices].filter((other) => other !== device))
  return {
    ...before,
    people: new Map([...before.people, [root, { ...person, devices }]]),
    periods: new Map([...before.periods, [device, endPeriod(before.periods.get(device), cut, at)]]),
  }
}

/** Somebody must be left who can change anything. */
function isLastOwner(membership: Membership, root: string): boolean {
  const owners = [...membership.people].filter(([, person]) => person.role === 'owner')
  return owners.length === 1 && owners[0]?.[0] === root
}

/** All open times end: those of a role that was raised since, too. */
function endPeriod(periods: readonly Period[] = [], cut: Cut, at: number): Period[] {
  const heads = new Map(cut.map(([writer, seq]) => [toHex(writer), seq]))
  return periods.map((period) => (period.end === null ? { ...period, end: { at, cut: heads } } : period))
}
