/** One change of who is in, as people make them through the app: letting in, other roles, removing, another device. */
import type { OpenDocument } from '../../main/documents/open-document.ts'
import type { NextChange } from '../../main/sharing/chain-changes.ts'
import { cutOf } from '../../main/sharing/person-writers.ts'
import { removal } from '../../main/sharing/removal.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { documentKeys } from '../../shared/log/genesis.ts'
import { personOf } from '../../shared/membership/membership.ts'
import { isLess, ROLES } from '../../shared/membership/role.ts'
import type { Part } from './cast.ts'
import type { Place } from './place.ts'
import type { World } from './world.ts'

/** By this place, when it may; what is not allowed is not tried. */
export function changeMembers(world: World, place: Place): void {
  const { random, suite, counts } = world
  if (!place.isRunning || place.isChanging) return
  const { membership } = place.chain()
  const own = personOf(membership, place.keys.member.publicKey)
  if (own === null) return
  const isOwner = membership.people.get(own)?.role === 'owner'
  const made = (): void => void (counts['changes made'] += 1)
  const others = [...membership.people.keys()].filter((root) => root !== own)
  if (!isOwner || (world.hasRoom && random.below(6) === 0)) {
    // A founder with two devices and no relay may fork the chain: docs/CAVEATS.md.
    if (!world.hasRoom || (membership.relay === null && place === world.places[0])) return
    const part = world.otherDevice(place)
    const { root, member } = keysOf(place, part, world)
    place.change(
      ({ members }) => [withKey(world, members, (key) => ({ type: 'device-add', root, member, key }), member)],
      () => letIn(world, place, part, member),
    )
  } else if (world.hasRoom && random.below(3) === 0) {
    const part = world.newPerson()
    const { root, member } = keysOf(place, part, world)
    const role = random.pick(ROLES)
    place.change(
      ({ members }) => [withKey(world, members, (key) => ({ type: 'add', root, member, role, key }), member)],
      () => letIn(world, place, part, member),
    )
  } else if (others.length > 0 && random.below(2) === 0) {
    const person = random.pick(others)
    place.change((document) => removal(suite, document, person), made)
  } else if (others.length > 0) {
    const [person, role] = [random.pick(others), random.pick(ROLES)]
    place.change(
      (document) => [
        (now) => {
          const before = now.people.get(person)?.role
          if (before === undefined || before === role) return null
          const cut = isLess(role, before) ? cutOf(suite, document, now, person) : []
          return { type: 'role', root: fromHex(person), role, cut }
        },
      ],
      made,
    )
  }
}

/** Comes in when it was let in: before the newest key had come to who asked, nobody was. */
function letIn(world: World, place: Place, part: Part, member: Uint8Array): void {
  if (personOf(place.chain().membership, member) === null) return
  world.counts['changes made'] += 1
  world.settle(part, place.rows())
}

function keysOf(place: Place, part: Part, { suite }: World): { root: Uint8Array; member: Uint8Array } {
  const [genesis] = place.rows()
  if (genesis === undefined) throw new Error('A chain begins with a genesis.')
  const { root, member } = documentKeys(suite, part.secrets, genesis)
  return { root: root.publicKey, member: member.publicKey }
}

/** Somebody who is let in, with the key of the epoch that is then; once. */
function withKey(
  { suite }: World,
  members: OpenDocument['members'],
  make: (key: Uint8Array) => ReturnType<NextChange>,
  member: Uint8Array,
): NextChange {
  return (membership) => {
    const current = members.epochKeys().get(membership.epoch)
    if (current === undefined || membership.periods.has(toHex(member))) return null
    return make(suite.seal(current.key, member))
  }
}
