import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { impliedHeads } from './implied-heads.ts'

const heads = new Map([
  ['alice', 4],
  ['bob', 2],
  ['carol', 9],
])

describe('implied heads', () => {
  it('leaves out what a later session named, and what that one had named', () => {
    const named = new Map([
      ['bob', new Map([['alice', 4]])],
      ['carol', new Map([['bob', 2]])],
    ])
    expect([...impliedHeads(heads, named).keys()]).toEqual(['alice', 'bob'])
  })

  it('keeps what was named before it went on, and what names nothing', () => {
    expect(impliedHeads(heads, new Map([['bob', new Map([['alice', 3]])]]))).toEqual(new Map())
  })

  it('LOG-16: leaves every head reachable from those that are named, even when writers claim to name each other', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 20 }),
        (claims) => {
          const all = new Map(names.map((name) => [name, 1]))
          const named = new Map(
            names.map((name) => [name, new Map(claims.filter(([by]) => by === name).map(([, other]) => [other, 1]))]),
          )
          const implied = impliedHeads(all, named)
          const reached = new Set(names.filter((name) => !implied.has(name)))
          for (const name of reached) for (const other of named.get(name)?.keys() ?? []) reached.add(other)
          expect([...reached].sort()).toEqual(names)
        },
      ),
    )
  })
})
