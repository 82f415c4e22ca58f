import { describe, expect, it } from 'vitest'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import { SharedDocument, someone, type Someone } from '../../main/replication/shared-document.fixture.ts'
import { toHex } from '../../shared/ids.ts'
import type { Role } from '../../shared/membership/role.ts'
import { isVouchedFor, mayVouch } from '../../relay/rooms/vouching.ts'

const device = ({ member }: Someone): string => toHex(member.publicKey)

function add(document: SharedDocument, role: Role): Someone {
  const person = someone()
  const { root, member } = person
  const change = { type: 'add', root: root.publicKey, member: member.publicKey, role, key: null } as const
  if (document.change(change) !== 'appended') throw new Error('a good row')
  return person
}

describe('whose word counts on a relay', () => {
  it('RELAY-16: that of two persons who may write, an owner among them', () => {
    const document = new SharedDocument()
    const [ben, eva, reader, commenter] = (['editor', 'editor', 'reader', 'commenter'] as const).map((role) =>
      add(document, role),
    )
    if (ben === undefined || eva === undefined || reader === undefined || commenter === undefined)
      throw new Error('four')
    const ana = document.founder
    const believed = (...people: readonly Someone[]): boolean => isVouchedFor(document.membership, people.map(device))
    expect(believed(ana, ben)).toBe(true)
    expect(believed(ana)).toBe(false)
    expect(believed(ana, ana)).toBe(false)
    // Who holds an invite for many may have come as many.
    expect(believed(ben, eva)).toBe(false)
    expect(believed(ana, reader, commenter)).toBe(false)
    expect(believed(ana, someone())).toBe(false)
    document.change({ type: 'remove', root: ben.root.publicKey, cut: [] })
    expect(believed(ana, ben)).toBe(false)
  })

  it('RELAY-16: two devices of one person are one, and where one person writes theirs is enough', () => {
    const document = new SharedDocument()
    const { root, member } = document.founder
    const second = suite.keyPair(suite.random(32))
    const added = { type: 'device-add', root: root.publicKey, member: second.publicKey, key: null } as const
    expect(document.change(added, root)).toBe('appended')
    const devices = [toHex(member.publicKey), toHex(second.publicKey)]
    add(document, 'reader')
    expect(isVouchedFor(document.membership, devices.slice(1))).toBe(true)
    expect(isVouchedFor(document.membership, [])).toBe(false)
    add(document, 'editor')
    expect(isVouchedFor(document.membership, devices)).toBe(false)
  })

  it('RELAY-16: who may not write the text is not even listened to', () => {
    expect((['owner', 'editor', 'commenter', 'reader', null] as const).map(mayVouch)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
