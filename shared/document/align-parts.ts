/**
 * Which part of an old sequence became which part of a new one: blocks of a document, or what stands in a line.
 *
 * Equal parts are found first (at the ends, then those that occur once on both sides, in order); what is left between
 * them is paired so that as much text as possible stays where it is. A part is left over only when the other side has
 * no counterpart of its kind: editing in place keeps what someone else types there meanwhile, replacing swallows it.
 */
import type { NodeShape, TextShape } from './document-shape.ts'
import { nodeText } from './plain-text.ts'

/** A stretch of text between inline nodes, handled as one part. */
export interface TextGroup {
  readonly runs: readonly TextShape[]
}

export type Part = NodeShape | TextGroup

export interface Pair {
  readonly from: number
  readonly to: number
}

/** Shorter parts are too common to hold others in place: an empty line must not keep a moved paragraph apart. */
const SHORTEST_ANCHOR = 12
/** How many pairs of parts are weighed at most in one stretch; a longer stretch is paired in order. */
const MOST_WEIGHED = 250_000

interface Known {
  readonly key: string
  /** Only parts of one kind can become each other. */
  readonly kind: string
  readonly text: string
  trigrams: Map<string, number> | null
}

export function isTextGroup(part: Part): part is TextGroup {
  return 'runs' in part
}

/** Pairs in order, rising on both sides. Both sides must be in normal form. */
export function alignParts(from: readonly Part[], to: readonly Part[]): Pair[] {
  const pairs: Pair[] = []
  alignStretch(from.map(known), to.map(known), 0, from.length, 0, to.length, pairs)
  return pairs.sort((a, b) => a.from - b.from)
}

function known(part: Part): Known {
  if (isTextGroup(part)) {
    const text = part.runs.map((run) => run.text).join('')
    return { key: `text:${stableJson(part.runs)}`, kind: 'text', text, trigrams: null }
  }
  // A divider is printed as stars, but there is nothing in it to keep.
  const text = part.content.length === 0 ? '' : nodeText(part)
  return { key: `node:${stableJson(part)}`, kind: `node:${part.node}`, text, trigrams: null }
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

function alignStretch(a: Known[], b: Known[], aLow: number, aHigh: number, bLow: number, bHigh: number, pairs: Pair[]) {
  while (aLow < aHigh && bLow < bHigh && a[aLow]?.key === b[bLow]?.key) pairs.push({ from: aLow++, to: bLow++ })
  while (aLow < aHigh && bLow < bHigh && a[aHigh - 1]?.key === b[bHigh - 1]?.key)
    pairs.push({ from: --aHigh, to: --bHigh })
  if (aLow === aHigh || bLow === bHigh) return
  const anchors = uniqueEqual(a, b, aLow, aHigh, bLow, bHigh)
  if (anchors.length === 0) {
    weigh(a, b, aLow, aHigh, bLow, bHigh, pairs)
    return
  }
  for (const anchor of [...anchors, { from: aHigh, to: bHigh }]) {
    alignStretch(a, b, aLow, anchor.from, bLow, anchor.to, pairs)
    if (anchor.from < aHigh) pairs.push(anchor)
    aLow = anchor.from + 1
    bLow = anchor.to + 1
  }
}

/** Parts that occur exactly once on each side, as many of them as are in the same order. */
function uniqueEqual(a: Known[], b: Known[], aLow: number, aHigh: number, bLow: number, bHigh: number): Pair[] {
  const inA = onlyOnce(a, aLow, aHigh)
  const inB = onlyOnce(b, bLow, bHigh)
  const candidates: Pair[] = []
  for (const [key, from] of inA) {
    const to = inB.get(key)
    if (to !== undefined) candidates.push({ from, to })
  }
  return longestRising(candidates)
}

function onlyOnce(parts: Known[], low: number, high: number): Map<string, number> {
  const found = new Map<string, number>()
  const again = new Set<string>()
  for (let i = low; i < high; i++) {
    const { key, text } = parts[i] as Known
    if (text.length < SHORTEST_ANCHOR) continue
    if (found.has(key)) again.add(key)
    else found.set(key, i)
  }
  for (const key of again) found.delete(key)
  return found
}

/** The longest run of pairs whose `to` rises; `from` rises already. Patience sorting. */
function longestRising(pairs: readonly Pair[]): Pair[] {
  const tops: { readonly pair: Pair; readonly before: number }[] = []
  const nodes: { readonly pair: Pair; readonly before: number }[] = []
  const topIndex: number[] = []
  for (const pair of pairs) {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tops[middle] as { pair: Pair }).pair.to < pair.to) low = middle + 1
      else high = middle
    }
    const node = { pair, before: low === 0 ? -1 : (topIndex[low - 1] as number) }
    nodes.push(node)
    tops[low] = node
    topIndex[low] = nodes.length - 1
  }
  const rising: Pair[] = []
  for (let i = topIndex.at(-1) ?? -1; i >= 0; ) {
    const node = nodes[i] as { pair: Pair; before: number }
    rising.push(node.pair)
    i = node.before
  }
  return rising.reverse()
}

/** Pairs the stretch so that the shared text is greatest (the classical table of two sequences). */
function weigh(a: Known[], b: Known[], aLow: number, aHigh: number, bLow: number, bHigh: number, pairs: Pair[]): void {
  const rows = aHigh - aLow
  const columns = bHigh - bLow
  if (rows * columns > MOST_WEIGHED) {
    for (let i = 0; i < Math.min(rows, columns); i++) {
      if (a[aLow + i]?.kind === b[bLow + i]?.kind) pairs.push({ from: aLow + i, to: bLow + i })
    }
    return
  }
  const width = columns + 1
  const best = new Float64Array((rows + 1) * width)
  const take = new Uint8Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const down = best[(i + 1) * width + j] as number
      const right = best[i * width + j + 1] as number
      const weight = likeness(a[aLow + i] as Known, b[bLow + j] as Known)
      const both = weight < 0 ? -1 : weight + (best[(i + 1) * width + j + 1] as number)
      const cell = i * width + j
      best[cell] = Math.max(both, down, right)
      take[cell] = both >= down && both >= right ? 1 : down >= right ? 2 : 3
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const step = take[i * width + j]
    if (step === 1) pairs.push({ from: aLow + i, to: bLow + j })
    if (step !== 3) i++
    if (step !== 2) j++
  }
}

/** Shared text in characters, roughly; a little for any pair at all; negative when the one can't become the other. */
function likeness(a: Known, b: Known): number {
  if (a.kind !== b.kind) return -1
  if (a.key === b.key) return a.text.length + 2
  if (a.text === b.text) return a.text.length + 1
  const [few, many] = a.text.length < b.text.length ? [trigrams(a), trigrams(b)] : [trigrams(b), trigrams(a)]
  let shared = 0
  for (const [gram, count] of few) shared += Math.min(count, many.get(gram) ?? 0)
  return shared + 0.5
}

function trigrams(part: Known): Map<string, number> {
  if (part.trigrams !== null) return part.trigrams
  const counts = new Map<string, number>()
  const text = ` ${part.text} `
  for (let i = 0; i + 3 <= text.length; i++) {
    const gram = text.slice(i, i + 3)
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  part.trigrams = counts
  return counts
}
