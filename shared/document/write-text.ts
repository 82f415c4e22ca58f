/** Writes runs of text into Yjs texts: the characters that differ first, then the marks that differ, range by range. */
import * as Y from 'yjs'
import type { Attributes, NodeShape, TextShape } from './document-shape.ts'
import { isText } from './document-shape.ts'
import { equalValues, normalAttributes } from './normal-shape.ts'
import { textEdits } from './text-edits.ts'

type Marks = TextShape['marks']

export function createNode(node: NodeShape): Y.XmlElement {
  const element = new Y.XmlElement(node.node)
  for (const [name, value] of Object.entries(node.attributes)) element.setAttribute(name, value as string)
  const children: (Y.XmlElement | Y.XmlText)[] = []
  let runs: TextShape[] = []
  for (const part of [...node.content, null]) {
    if (part !== null && isText(part)) {
      runs.push(part)
      continue
    }
    if (runs.length > 0) children.push(createText(runs))
    runs = []
    if (part !== null) children.push(createNode(part))
  }
  element.insert(0, children)
  return element
}

export function createText(runs: readonly TextShape[]): Y.XmlText {
  const text = new Y.XmlText()
  text.applyDelta(runs.map((run) => ({ insert: run.text, attributes: { ...run.marks } })))
  return text
}

/** Counts in UTF-16 units. The texts are neighbours that read as one; together they have the runs afterwards. */
export function writeText(
  texts: readonly Y.XmlText[],
  runs: readonly TextShape[],
): { inserted: number; deleted: number } {
  const wanted = runs.map((run) => run.text).join('')
  const places = texts.flatMap((text) => placesOf(text))
  const current = places.map((place) => place.unit).join('')
  const edits = textEdits(current, wanted)
  let inserted = 0
  let deleted = 0
  let grown = wanted.length - current.length
  for (const edit of [...edits].reverse()) {
    grown -= edit.insert.length - edit.remove
    // `grown` is now how much the text in front of this edit grows: where the inserted characters begin in `wanted`.
    for (let i = edit.at + edit.remove - 1; i >= edit.at; i--) {
      const place = places[i] as Place
      // Neighbouring characters of one text go in one deletion.
      let first = i
      while (first > edit.at && follows(places[first - 1] as Place, places[first] as Place)) first--
      place.text.delete((places[first] as Place).offset, i - first + 1)
      i = first
    }
    if (edit.insert !== '') insert(texts, places, edit.at, runs, edit.at + grown, edit.insert.length)
    inserted += edit.insert.length
    deleted += edit.remove
  }
  let at = 0
  for (const text of texts) at = formatText(text, runs, at)
  return { inserted, deleted }
}

/** A UTF-16 unit and where it stands; embedded objects take a place too, so offsets are not indexes. */
interface Place {
  readonly unit: string
  readonly text: Y.XmlText
  readonly offset: number
}

interface DeltaPart {
  readonly insert: unknown
  readonly attributes?: Record<string, unknown>
}

function placesOf(text: Y.XmlText): Place[] {
  const places: Place[] = []
  let offset = 0
  for (const { insert } of text.toDelta() as DeltaPart[]) {
    if (typeof insert !== 'string') offset++
    else for (let i = 0; i < insert.length; i++) places.push({ unit: insert.charAt(i), text, offset: offset++ })
  }
  return places
}

function follows(a: Place, b: Place): boolean {
  return a.text === b.text && a.offset + 1 === b.offset
}

function insert(
  texts: readonly Y.XmlText[],
  places: readonly Place[],
  at: number,
  runs: readonly TextShape[],
  start: number,
  length: number,
) {
  const before = places[at - 1]
  const after = places[at]
  const text = before?.text ?? after?.text ?? (texts[0] as Y.XmlText)
  let offset = before !== undefined ? before.offset + 1 : (after?.offset ?? 0)
  for (const run of slice(runs, start, length)) {
    // Yjs writes into what it is given.
    text.insert(offset, run.text, { ...run.marks })
    offset += run.text.length
  }
}

function slice(runs: readonly TextShape[], start: number, length: number): TextShape[] {
  const found: TextShape[] = []
  let at = 0
  for (const run of runs) {
    const text = run.text.slice(Math.max(start - at, 0), Math.max(start + length - at, 0))
    if (text !== '') found.push({ text, marks: run.marks })
    at += run.text.length
  }
  return found
}

/** Sets the marks of one text to those of the runs from `start` on; answers where the next text starts. */
function formatText(text: Y.XmlText, runs: readonly TextShape[], start: number): number {
  interface Range {
    offset: number
    length: number
    readonly name: string
    readonly value: Attributes | null
  }
  const ranges: Range[] = []
  const open = new Map<string, Range>()
  let at = start
  let offset = 0
  for (const part of text.toDelta() as DeltaPart[]) {
    if (typeof part.insert !== 'string') {
      offset++
      continue
    }
    for (const run of slice(runs, at, part.insert.length)) {
      for (const [name, value] of differences(part.attributes ?? {}, run.marks)) {
        const last = open.get(name)
        if (last !== undefined && last.offset + last.length === offset && equalValues(last.value, value)) {
          last.length += run.text.length
        } else {
          const range = { offset, length: run.text.length, name, value }
          ranges.push(range)
          open.set(name, range)
        }
      }
      offset += run.text.length
      at += run.text.length
    }
  }
  for (const range of ranges) text.format(range.offset, range.length, { [range.name]: range.value })
  return at
}

function differences(present: Record<string, unknown>, wanted: Marks): [string, Attributes | null][] {
  const found: [string, Attributes | null][] = []
  for (const [name, value] of Object.entries(wanted)) {
    const now = present[name]
    const same =
      typeof now === 'object' &&
      now !== null &&
      equalValues(normalAttributes(now as Attributes), normalAttributes(value))
    if (!same) found.push([name, value])
  }
  for (const name of Object.keys(present)) if (!(name in wanted) && present[name] !== null) found.push([name, null])
  return found
}
