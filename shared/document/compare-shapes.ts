/**
 * Two states of a document side by side, for reading: which blocks came, went, moved or were edited, and in those which
 * words came and went, and which only look otherwise.
 */
import { alignParts } from './align-parts.ts'
import { type Attributes, type DocumentShape, isText, type NodeShape, type TextShape } from './document-shape.ts'
import { equalMarks, equalValues } from './normal-shape.ts'
import { nodeText } from './plain-text.ts'
import { wordEdits } from './text-edits.ts'

/** `formatted`: the same words with other marks. */
export type RunChange = 'same' | 'inserted' | 'deleted' | 'formatted'

export interface ComparedRun {
  readonly change: RunChange
  /** As it is after; of what was deleted, as it was. */
  readonly part: TextShape | NodeShape
}

export interface ComparedBlock {
  /** A block that moved stands twice, `moved-away` and `moved-here`, and is the same otherwise. */
  readonly change: 'same' | 'inserted' | 'deleted' | 'edited' | 'moved-away' | 'moved-here'
  /** As it is after; of one that is gone, as it was. */
  readonly block: NodeShape
  /** Of an edited one: its words, those that went among those that are there. */
  readonly runs: readonly ComparedRun[]
  /** Of an edited one: names of attributes that were set, changed or taken away (kind, depth, checked …). */
  readonly attributes: readonly string[]
}

export interface Comparison {
  readonly title: readonly ComparedRun[]
  readonly blocks: readonly ComparedBlock[]
}

/** Both in normal form, as `readShape` gives them. */
export function compareShapes(before: DocumentShape, after: DocumentShape): Comparison {
  const blocks: ComparedBlock[] = []
  const [old, now] = [before.content, after.content]
  let [from, to] = [0, 0]
  const whole = (change: 'inserted' | 'deleted', block: NodeShape | undefined): void => {
    if (block !== undefined) blocks.push({ change, block, runs: [], attributes: [] })
  }
  for (const pair of [...alignParts(old, now), { from: old.length, to: now.length }]) {
    for (; from < pair.from; from++) whole('deleted', old[from])
    for (; to < pair.to; to++) whole('inserted', now[to])
    const [was, is] = [old[from++], now[to++]]
    if (was !== undefined && is !== undefined) blocks.push(...compareBlocks(was, is))
  }
  return { title: compareTexts(before.title, after.title), blocks: withMoves(blocks) }
}

/** Blocks that say nothing of each other are not one block that was edited. */
function compareBlocks(was: NodeShape, is: NodeShape): ComparedBlock[] {
  if (equalValues(was, is)) return [{ change: 'same', block: is, runs: [], attributes: [] }]
  const attributes = changedNames(was.attributes, is.attributes)
  const runs = is.node === 'block' ? compareUnits(unitsOf(was), unitsOf(is)) : compareTexts(nodeText(was), nodeText(is))
  const isKept = runs.some(
    ({ change, part }) => change !== 'inserted' && change !== 'deleted' && /\p{L}|\p{N}/u.test(wordsOf(part)),
  )
  const isFilled = runs.every(({ change }) => change !== 'deleted') || runs.every(({ change }) => change !== 'inserted')
  if (isKept || isFilled) return [{ change: 'edited', block: is, runs, attributes }]
  return [
    { change: 'deleted', block: was, runs: [], attributes: [] },
    { change: 'inserted', block: is, runs: [], attributes: [] },
  ]
}

function withMoves(blocks: readonly ComparedBlock[]): ComparedBlock[] {
  const gone = new Map<string, ComparedBlock[]>()
  for (const one of blocks) {
    const words = nodeText(one.block).trim()
    if (one.change === 'deleted' && words !== '') gone.set(words, [...(gone.get(words) ?? []), one])
  }
  const away = new Set<ComparedBlock>()
  const here = new Set<ComparedBlock>()
  for (const one of blocks) {
    if (one.change !== 'inserted') continue
    const candidates = gone.get(nodeText(one.block).trim()) ?? []
    const index = candidates.findIndex(({ block }) => equalValues(block, one.block))
    const [source] = index < 0 ? [] : candidates.splice(index, 1)
    if (source === undefined) continue
    away.add(source)
    here.add(one)
  }
  return blocks.map((one) =>
    away.has(one) ? { ...one, change: 'moved-away' } : here.has(one) ? { ...one, change: 'moved-here' } : one,
  )
}

function changedNames(before: Attributes, after: Attributes): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => !equalValues(before[name], after[name])).sort()
}

function compareTexts(before: string, after: string): ComparedRun[] {
  return compareUnits(unitsOfText(before, {}), unitsOfText(after, {}))
}

/** A UTF-16 unit of text with its marks, or an inline node. */
interface Unit {
  readonly character: string
  readonly part: TextShape | NodeShape
}

/** Where a node stands in the words. */
const OBJECT = '\uFFFC'

function unitsOf({ content }: NodeShape): Unit[] {
  return content.flatMap((part) => {
    if (isText(part)) return unitsOfText(part.text, part.marks)
    return [{ character: part.node === 'hard_break' ? '\n' : OBJECT, part }]
  })
}

function unitsOfText(text: string, marks: TextShape['marks']): Unit[] {
  return text.split('').map((character) => ({ character, part: { text: character, marks } }))
}

function compareUnits(before: readonly Unit[], after: readonly Unit[]): ComparedRun[] {
  const runs: ComparedRun[] = []
  let [from, to] = [0, 0]
  const keepUntil = (end: number): void => {
    while (from < end) compareUnit(before[from++], after[to++], runs)
  }
  const [old, now] = [wordsIn(before), wordsIn(after)]
  for (const { at, remove, insert } of wordEdits(old, now)) {
    keepUntil(at)
    for (const { part } of before.slice(from, from + remove)) add(runs, 'deleted', part)
    for (const { part } of after.slice(to, to + insert.length)) add(runs, 'inserted', part)
    from += remove
    to += insert.length
  }
  keepUntil(before.length)
  return runs
}

function compareUnit(was: Unit | undefined, is: Unit | undefined, runs: ComparedRun[]): void {
  if (was === undefined || is === undefined) throw new Error('Broken invariant: what was not edited is on both sides')
  if (isText(was.part) && isText(is.part))
    return add(runs, equalMarks(was.part.marks, is.part.marks) ? 'same' : 'formatted', is.part)
  if (equalValues(was.part, is.part)) return add(runs, 'same', is.part)
  add(runs, 'deleted', was.part)
  add(runs, 'inserted', is.part)
}

function add(runs: ComparedRun[], change: RunChange, part: TextShape | NodeShape): void {
  const last = runs.at(-1)
  if (last?.change === change && isText(last.part) && isText(part) && equalMarks(last.part.marks, part.marks))
    runs[runs.length - 1] = { change, part: { text: last.part.text + part.text, marks: part.marks } }
  else runs.push({ change, part })
}

function wordsIn(units: readonly Unit[]): string {
  return units.map(({ character }) => character).join('')
}

function wordsOf(part: TextShape | NodeShape): string {
  return isText(part) ? part.text : nodeText(part)
}
