import { describe, expect, it } from 'vitest'
import { equalBytes } from '../../shared/ids.ts'
import { epochKeys } from '../../shared/membership/epoch-chain.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { SharedDocument, someone, type Someone } from './shared-document.fixture.ts'

function letIn(document: SharedDocument, who: Someone): void {
  const { root, member } = who
  const key = document.keyFor(member.publicKey)
  expect(document.change({ type: 'add', root: root.publicKey, member: member.publicKey, role: 'editor', key })).toBe(
    'appended',
  )
}

const epochsOf = (document: SharedDocument, who: Someone): number[] =>
  [...epochKeys(suite, document.documentId, document.chain, who.member).keys()].sort((a, b) => a - b)

describe('keys in the chain', () => {
  it('MEMBER-25: who has the newest key has all older ones; who was removed never gets the next', () => {
    const document = new SharedDocument()
    const [bob, carol] = [someone(), someone()]
    document.rotate()
    letIn(document, bob)
    document.rotate()
    document.rotate()
    expect(document.change({ type: 'remove', root: bob.root.publicKey, cut: [] })).toBe('appended')
    document.rotate()
    letIn(document, carol)
    document.rotate()
    expect(epochsOf(document, document.founder)).toEqual([1, 2, 3, 4, 5])
    expect(epochsOf(document, carol)).toEqual([1, 2, 3, 4, 5])
    expect(epochsOf(document, bob)).toEqual([1, 2, 3])
    expect(epochsOf(document, someone())).toEqual([])
    const keys = epochKeys(suite, document.documentId, document.chain, carol.member)
    for (const epoch of document.epochs)
      expect(equalBytes(keys.get(epoch.epoch)?.key ?? epoch.key, epoch.key)).toBe(true)
  })

  it('MEMBER-25: a key from an invite leads back as well, and one the chain did not commit to is left out', () => {
    const document = new SharedDocument()
    for (let epoch = 1; epoch <= 3; epoch++) document.rotate()
    const dave = someone()
    const read = (epoch: number, key: Uint8Array) => [
      ...epochKeys(suite, document.documentId, document.chain, dave.member, [{ epoch, key }]).keys(),
    ]
    const [, second, third] = document.epochs
    if (second === undefined || third === undefined) throw new Error('There are three.')
    expect(read(3, third.key)).toEqual([3, 2, 1])
    expect(read(2, second.key)).toEqual([2, 1])
    expect(read(3, second.key)).toEqual([])
    expect(read(9, third.key)).toEqual([])
  })
})
