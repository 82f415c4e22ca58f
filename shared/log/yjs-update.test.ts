import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { toHex } from '../ids.ts'
import { joinUpdates } from './join-updates.ts'
import { splitUpdate } from './split-update.ts'
import { encodeUpdate, parseUpdate } from './yjs-update.ts'

const step = fc.tuple(
  fc.nat(5),
  fc.nat(30),
  fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('é', '👩‍👧', '漢', 'ש')),
)

/** Edits every kind of content Yjs has, one transaction a step, and gives the updates it announced. */
function edited(
  steps: readonly (readonly [number, number, string])[],
  clientId: number,
): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('text')
  for (const [action, at, word] of steps) {
    const place = Math.min(at, text.length)
    doc.transact(() => {
      if (action <= 1) text.insert(place, word)
      else if (action === 2) text.delete(place, Math.min(3, text.length - place))
      else if (action === 3) text.format(0, place, { bold: {} })
      else if (action === 4) doc.getMap('facts').set('title', word)
      else {
        const block = new Y.XmlElement('block')
        block.setAttribute('kind', word)
        const run = new Y.XmlText()
        run.insert(0, `${word}!`)
        block.insert(0, [run])
        doc.getXmlFragment('body').insert(0, [block])
        text.insertEmbed(0, { image: word })
      }
    })
  }
  return { doc, updates }
}

function apply(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  expect(doc.store.pendingStructs).toBeNull()
  expect(doc.store.pendingDs).toBeNull()
  return JSON.stringify([
    doc.getText('text').toDelta(),
    doc.getMap('facts').toJSON(),
    doc.getXmlFragment('body').toString(),
  ])
}

function parses(bytes: Uint8Array): boolean {
  try {
    parseUpdate(bytes)
    return true
  } catch (cause) {
    expect(cause).toBeInstanceOf(RangeError)
    return false
  }
}

function find(bytes: Uint8Array, text: string): number {
  return toHex(bytes).indexOf(toHex(new TextEncoder().encode(text))) / 2
}

describe('Yjs update', () => {
  it('LOG-9: encodes what it parsed to the same bytes that Yjs wrote', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.nat(), (steps, clientId) => {
        const { doc, updates } = edited(steps, clientId)
        for (const update of [...updates, Y.encodeStateAsUpdate(doc)]) {
          expect(toHex(encodeUpdate(parseUpdate(update)))).toBe(toHex(update))
        }
      }),
    )
  })

  it('LOG-9: never hangs or crashes on bytes from elsewhere: they parse, or are refused with a sentence', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
        fc.nat(),
        (steps, flips, cut) => {
          const { updates } = edited(steps, 7)
          const bytes = joinUpdates(updates)
          for (const [at, value] of flips) bytes[at % bytes.length] = value
          const mutated = bytes.slice(0, Math.max(1, bytes.length - (cut % 4)))
          try {
            const parsed = parseUpdate(mutated)
            expect(encodeUpdate(parsed).length).toBeGreaterThan(0)
          } catch (cause) {
            expect(cause).toBeInstanceOf(RangeError)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('LOG-17: what is not refused Yjs takes without a complaint', () => {
    let taken = 0
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 2 }),
        (steps, flips) => {
          const bytes = joinUpdates(edited(steps, 7).updates)
          for (const [at, value] of flips) bytes[at % bytes.length] = value
          if (!parses(bytes)) return
          taken += 1
          const doc = new Y.Doc()
          Y.applyUpdate(doc, bytes)
          expect(doc.getText('text').toDelta()).toBeInstanceOf(Array)
        },
      ),
      { numRuns: 400 },
    )
    expect(taken).toBeGreaterThan(40)
  })

  it('LOG-17: refuses what Yjs throws at half-way: marks that are no JSON, words that lean on later ones, odd options', () => {
    const { doc } = edited(
      [
        [0, 0, 'abc'],
        [3, 3, ''],
      ],
      7,
    )
    const whole = Y.encodeStateAsUpdate(doc)
    const at = find(whole, '{}')
    expect(parses(whole)).toBe(true)
    expect(parses(whole.with(at, 0x71))).toBe(false)
    const one = parseUpdate(whole)
    const leaning = (one.structs.get(7) ?? []).map((struct) => ({
      ...struct,
      parent: null,
      origin: { client: 7, clock: struct.clock },
      info: struct.info | 0x80,
    }))
    expect(parses(encodeUpdate({ ...one, structs: new Map([[7, leaning]]) }))).toBe(false)
    const inner = new Y.Doc()
    doc.getMap('facts').set('inner', inner)
    const withInner = Y.encodeStateAsUpdate(doc)
    expect(parses(withInner)).toBe(true)
    // What follows the inner document's name is an object; null in its place is what Yjs reads a field of.
    const options = find(withInner, inner.guid) + inner.guid.length
    expect(withInner[options]).toBe(118)
    expect(parses(withInner.with(options, 126))).toBe(false)
  })

  it('SAFE-25: refuses a deletion of nothing, which Yjs throws at when it has to wait', () => {
    // No structs; of client 7, one range: clock 3, length 0.
    const update = Uint8Array.of(0, 1, 7, 1, 3, 0)
    expect(() => Y.applyUpdate(new Y.Doc(), update)).toThrow('Unexpected case')
    expect(() => parseUpdate(update)).toThrow(RangeError)
  })

  it('LOG-17: refuses values that nest without end, and numbers that JSON has not', () => {
    const doc = new Y.Doc()
    let deep: unknown[] = []
    for (let i = 0; i < 100; i++) deep = [deep]
    doc.getMap('facts').set('deep', deep)
    expect(parses(Y.encodeStateAsUpdate(doc))).toBe(false)
    const other = new Y.Doc()
    other.getMap('facts').set('large', 2n ** 60n)
    expect(parses(Y.encodeStateAsUpdate(other))).toBe(false)
    const third = new Y.Doc()
    third.getText('text').insertEmbed(0, { deep })
    expect(parses(Y.encodeStateAsUpdate(third))).toBe(false)
  })

  it('refuses claims of more than there is', () => {
    // One client with 2^40 structs, in eight bytes.
    expect(() => parseUpdate(Uint8Array.of(1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0))).toThrow(RangeError)
    expect(() => parseUpdate(new Uint8Array(0))).toThrow(RangeError)
    expect(() => parseUpdate(Uint8Array.of(0, 0, 0))).toThrow('bytes after its end')
  })
})

describe('joining updates', () => {
  it('LOG-10: says the same as the updates one after the other', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { updates } = edited(steps, 11)
        const joined = joinUpdates(updates)
        expect(apply([joined])).toBe(apply(updates))
        expect(joinUpdates([joined])).toEqual(joined)
      }),
    )
  })

  it('makes one struct of letters typed one after the other', () => {
    const { updates } = edited(
      Array.from('hello').map((letter, index) => [0, index, letter] as const),
      3,
    )
    expect(updates).toHaveLength(5)
    const list = parseUpdate(joinUpdates(updates)).structs.get(3)
    expect(list?.map((struct) => struct.text)).toEqual(['hello'])
  })

  it('takes an update that was sent twice once, and refuses a gap', () => {
    const { updates } = edited(
      [
        [0, 0, 'one'],
        [0, 3, 'two'],
        [0, 6, 'three'],
      ],
      5,
    )
    const [one, two, three] = updates
    if (one === undefined || two === undefined || three === undefined) throw new Error('no updates')
    expect(joinUpdates([one, two, two, one, three])).toEqual(joinUpdates(updates))
    expect(() => joinUpdates([one, three])).toThrow('gap')
  })
})

describe('splitting an update', () => {
  it('LOG-11: parts are small enough and say the same together', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 300, max: 2000 }),
        (steps, max) => {
          const { updates } = edited([...steps, [0, 0, '漢字👩‍👧'.repeat(90)]], 13)
          const whole = joinUpdates(updates)
          const parts = splitUpdate(whole, max)
          expect(apply(parts)).toBe(apply([whole]))
          expect(joinUpdates(parts)).toEqual(whole)
          if (whole.length > max) expect(parts.length).toBeGreaterThan(1)
          for (const part of parts) expect(part.length).toBeLessThanOrEqual(max + 200)
        },
      ),
    )
  })
})
