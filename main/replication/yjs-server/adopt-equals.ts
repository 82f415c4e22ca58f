/**
 * Pairs what two documents say alike at the same place on their first meeting: equal words are taken for the same words and
 * not brought a second time. Later on likeness says nothing: two people may write the same letters.
 */
import * as Y from 'yjs'
import { MAX_NESTING } from '../../../shared/document/document-shape.ts'
import type { StructId } from '../../../shared/log/yjs-update.ts'
import { rootsOf } from '../../carry/carry-changes.ts'
import type { IdPairs } from '../../carry/id-pairs.ts'
import { itemAt } from '../../carry/item-content.ts'

type AnyType = Y.AbstractType<unknown>

/** One character, mark, value or node: what takes one id. */
interface Unit {
  readonly id: StructId
  /** Equal words have equal tokens. */
  readonly token: string
}

/** Pairs of units that are weighed at most in one list; a larger one is paired at its ends only. */
const MOST_WEIGHED = 4_000_000

/** `pairs` must be none yet. */
export function adoptEquals(ours: Y.Doc, theirs: Y.Doc, pairs: IdPairs): void {
  const adopting = new Adopting(theirs, pairs)
  const roots = rootsOf(theirs)
  for (const [name, type] of rootsOf(ours)) {
    const other = roots.get(name)
    if (other !== undefined) adopting.plan(type, other)
  }
  adopting.run()
}

class Adopting {
  private readonly theirs: Y.Doc
  private readonly pairs: IdPairs
  private readonly planned: (readonly [ours: AnyType, theirs: AnyType])[] = []

  constructor(theirs: Y.Doc, pairs: IdPairs) {
    this.theirs = theirs
    this.pairs = pairs
  }

  plan(ours: AnyType, theirs: AnyType): void {
    this.planned.push([ours, theirs])
  }

  run(): void {
    for (let next = this.planned.pop(); next !== undefined; next = this.planned.pop()) {
      const [ours, theirs] = next
      if (describe(ours) === describe(theirs)) this.zip(ours, theirs)
      else for (const [one, other] of common(unitsOf(ours), unitsOf(theirs))) this.adopt(one.id, other.id)
      this.keys(ours, theirs)
      this.inner(ours)
    }
  }

  /** Pairs word by word. Marks are left: theirs and ours in one place mean what either means. */
  private zip(ours: AnyType, theirs: AnyType): void {
    const others = wordsOf(theirs)
    for (const [index, word] of wordsOf(ours).entries()) {
      const other = others[index]
      if (other === undefined) throw new Error('Broken invariant: what says the same has as many words')
      this.adopt(word, other)
    }
  }

  private keys(ours: AnyType, theirs: AnyType): void {
    for (const [key, item] of ours._map) {
      const other = theirs._map.get(key)
      if (item.deleted || other === undefined || other.deleted) continue
      const [one, two] = [unitOf(item, item.length - 1), unitOf(other, other.length - 1)]
      if (one.token === two.token) this.adopt(one.id, two.id)
    }
  }

  private adopt(ours: StructId, theirs: StructId): void {
    this.pairs.add({ ours, theirs, length: 1, born: 'theirs' })
  }

  /** Goes on in the nodes and values that are paired. */
  private inner(ours: AnyType): void {
    const items = [...ours._map.values()]
    for (let item = ours._start; item !== null; item = item.right) items.push(item)
    for (const item of items) {
      if (item.deleted || !(item.content instanceof Y.ContentType)) continue
      const id = this.pairs.partner('ours', item.id)
      const partner = id === null ? null : itemAt(this.theirs, id.client, id.clock)
      if (partner?.content instanceof Y.ContentType && !partner.deleted)
        this.plan(item.content.type as AnyType, partner.content.type as AnyType)
    }
  }
}

function unitOf(item: Y.Item, offset: number): Unit {
  const id = { client: item.id.client, clock: item.id.clock + offset }
  return { id, token: tokenOf(item.content, offset) }
}

function tokenOf(content: Y.Item['content'], offset: number, depth = 0): string {
  if (content instanceof Y.ContentString) return `"${content.str.charAt(offset)}`
  if (content instanceof Y.ContentFormat) return `f${JSON.stringify([content.key, content.value])}`
  if (content instanceof Y.ContentType) return `t${describe(content.type as AnyType, depth + 1)}`
  return `v${content.getRef()}${JSON.stringify(content.getContent()[offset] ?? null)}`
}

/** What a type says, as text: words, the marks they have in effect, nodes and values. How it came to be makes no difference. */
function describe(type: AnyType, depth = 0): string {
  if (depth > MAX_NESTING) return '…'
  // Quoted: a name from outside must not read like anything else.
  const parts: string[] = [type.constructor.name, type instanceof Y.XmlElement ? JSON.stringify(type.nodeName) : '']
  const keys = [...type._map].filter(([, item]) => !item.deleted).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [key, item] of keys) parts.push(JSON.stringify(key), tokenOf(item.content, item.length - 1, depth))
  const marks = new Map<string, unknown>()
  let before = '[]'
  for (const { token, content } of tokens(type, depth)) {
    if (content instanceof Y.ContentFormat) {
      if (content.value === null) marks.delete(content.key)
      else marks.set(content.key, content.value)
      continue
    }
    const now = JSON.stringify([...marks].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (now !== before) parts.push(now)
    before = now
    parts.push(token)
  }
  return `(${parts.join(' ')})`
}

function* tokens(type: AnyType, depth: number): Iterable<{ token: string; content: Y.Item['content'] }> {
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue
    for (let at = 0; at < item.length; at++) yield { token: tokenOf(item.content, at, depth), content: item.content }
  }
}

/** What of a type is on the page. */
function unitsOf(type: AnyType): Unit[] {
  const units: Unit[] = []
  for (let item = type._start; item !== null; item = item.right) {
    if (!item.deleted) for (let at = 0; at < item.length; at++) units.push(unitOf(item, at))
  }
  return units
}

/** Ids of what of a type is on the page, but for marks. */
function wordsOf(type: AnyType): StructId[] {
  const ids: StructId[] = []
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted || item.content instanceof Y.ContentFormat) continue
    for (let at = 0; at < item.length; at++) ids.push({ client: item.id.client, clock: item.id.clock + at })
  }
  return ids
}

/** The longest common subsequence, ends first. */
function common(ours: readonly Unit[], theirs: readonly Unit[]): (readonly [Unit, Unit])[] {
  const found: (readonly [Unit, Unit])[] = []
  let low = 0
  let [ourEnd, theirEnd] = [ours.length, theirs.length]
  const same = (i: number, j: number): boolean => ours[i]?.token === theirs[j]?.token
  const take = (i: number, j: number): void => {
    found.push([ours[i] as Unit, theirs[j] as Unit])
  }
  while (low < ourEnd && low < theirEnd && same(low, low)) take(low, low++)
  while (ourEnd > low && theirEnd > low && same(ourEnd - 1, theirEnd - 1)) take(--ourEnd, --theirEnd)
  const [rows, columns] = [ourEnd - low, theirEnd - low]
  if (rows * columns === 0 || rows * columns > MOST_WEIGHED) return found
  const width = columns + 1
  const best = new Uint32Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const cell = i * width + j
      best[cell] = same(low + i, low + j)
        ? (best[cell + width + 1] as number) + 1
        : Math.max(best[cell + width] as number, best[cell + 1] as number)
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const cell = i * width + j
    if (same(low + i, low + j)) take(low + i++, low + j++)
    else if ((best[cell + width] as number) >= (best[cell + 1] as number)) i++
    else j++
  }
  return found
}
