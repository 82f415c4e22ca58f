/**
 * Whose word counts of what a relay can't see for itself. Persons are counted and not their devices, and only persons who
 * may write the text; an owner must be among them, because whoever has an invite for many can come as many. Two who opened
 * a run and proved its records agree on a fact; where one person writes there is nobody else to ask.
 */
import { fromHex } from '../../shared/ids.ts'
import { type Membership, personOf } from '../../shared/membership/membership.ts'
import { mayWrite, type Role } from '../../shared/membership/role.ts'

const TEXT = 0
const PERSONS = 2

/** Whether the word of this device may count at all. */
export function mayVouch(role: Role | null): boolean {
  return role !== null && mayWrite(role, TEXT)
}

/** Whether all of these devices (hexadecimal), saying the same, are to be believed. */
export function isVouchedFor(membership: Membership, devices: readonly string[]): boolean {
  const writers = [...membership.people].filter(([, { role }]) => mayVouch(role))
  const roots = new Set(devices.map((device) => personOf(membership, fromHex(device))))
  const vouching = writers.filter(([root]) => roots.has(root))
  return vouching.some(([, { role }]) => role === 'owner') && vouching.length >= Math.min(PERSONS, writers.length)
}
