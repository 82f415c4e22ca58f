/**
 * What an edited export says, with all that the export could not hold taken from the document itself: alignment,
 * unknown nodes and marks, formatting on spaces. So applying an export nobody edited changes nothing.
 */
import { alignParts } from './align-parts.ts'
import type { Attributes, DocumentShape, NodeShape, TextShape } from './document-shape.ts'
import { isText } from './document-shape.ts'
import { Losses } from './losses.ts'
import type { Content } from './normal-shape.ts'
import { equalValues, normalContent, normalMarks, normalShape } from './normal-shape.ts'
import { textEdits } from './text-edits.ts'

/**
 * `current` is the document, `base` its export read back (block by block the same), `edited` the edited export read.
 * `losses` names edits that could not be taken over, with how many there were.
 */
export function carryOver(
  current: DocumentShape,
  base: DocumentShape,
  edited: DocumentShape,
): { shape: DocumentShape; losses: string[] } {
  const losses = new Losses()
  const [from, read, to] = [normalShape(current), normalShape(base), normalShape(edited)]
  if (from.content.length !== read.content.length) {
    throw new Error('Broken invariant: an export has as many blocks as its document')
  }
  const partners = new Map(alignParts(read.content, to.content).map((pair) => [pair.to, pair.from]))
  const content = to.content.map((block, index) => {
    const partner = partners.get(index)
    if (partner === undefined) return block
    return carryBlock(from.content[partner] as NodeShape, read.content[partner] as NodeShape, block, losses)
  })
  const title = to.title === read.title ? from.title : to.title
  return { shape: normalShape({ ...from, title, content }), losses: losses.toList() }
}

function carryBlock(current: NodeShape, base: NodeShape, edited: NodeShape, losses: Losses): NodeShape {
  if (equalValues(base, edited)) return current
  if (current.node !== base.node) {
    losses.note('an edit in a block of an unknown kind, which stays as it is')
    return current
  }
  return {
    node: edited.node,
    attributes: carryAttributes(current.attributes, base.attributes, edited.attributes),
    content:
      current.node === 'table'
        ? carryRows(current.content, base.content, edited.content, losses)
        : carryContent(current.content, base.content, edited.content, losses),
  }
}

function rowsOf(content: Content): NodeShape[] {
  return content.filter((row): row is NodeShape => !isText(row))
}

/** Rows are found back by what stands in them, cells by their place. */
function carryRows(current: Content, base: Content, edited: Content, losses: Losses): Content {
  // An empty row of headings is not written, and then no row is where it was.
  if (current.length !== base.length) return edited
  const [rows, read, to] = [rowsOf(current), rowsOf(base), rowsOf(edited)]
  const partners = new Map(alignParts(read, to).map((pair) => [pair.to, pair.from]))
  return to.map((row, index) => {
    const partner = partners.get(index)
    const [now, then] = [rows[partner ?? -1], read[partner ?? -1]]
    if (now === undefined || then === undefined) return row
    const cells = row.content.map((cell, column) => {
      const [old, before] = [now.content[column], then.content[column]]
      if (isText(cell) || old === undefined || before === undefined || isText(old) || isText(before)) return cell
      return carryBlock(old, before, cell, losses)
    })
    return { ...row, attributes: carryAttributes(now.attributes, then.attributes, row.attributes), content: cells }
  })
}

/** Each attribute as edited where the edit changed it, otherwise as it stands. */
function carryAttributes(current: Attributes, base: Attributes, edited: Attributes): Attributes {
  const carried: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(current), ...Object.keys(edited)])) {
    const value = equalValues(base[name], edited[name]) ? current[name] : edited[name]
    if (value !== undefined) carried[name] = value
  }
  return carried
}

function carryContent(current: Content, base: Content, edited: Content, losses: Losses): Content {
  if (equalValues(base, edited)) return current
  if (equalValues(current, base)) return edited
  const [from, read, to] = [units(current), units(base), units(edited)]
  const words = text(read)
  if (text(from) !== words) {
    losses.note('something unknown in an edited line, replaced by its words')
    return edited
  }
  const carried: (NodeShape | TextShape)[] = []
  let at = 0
  let written = 0
  const keepUntil = (end: number): void => {
    while (at < end) carried.push(carryUnit(from[at] as Unit, read[at++] as Unit, to[written++] as Unit))
  }
  for (const edit of textEdits(words, text(to))) {
    keepUntil(edit.at)
    at += edit.remove
    for (const unit of to.slice(written, written + edit.insert.length)) carried.push(unit.part)
    written += edit.insert.length
  }
  keepUntil(read.length)
  return normalContent(carried)
}

/** A UTF-16 unit of a line: a character with its marks, or a line break, whichever way it is held. */
interface Unit {
  readonly character: string
  readonly part: NodeShape | TextShape
}

function carryUnit(current: Unit, base: Unit, edited: Unit): NodeShape | TextShape {
  if (!isText(current.part) || !isText(edited.part)) {
    return equalValues(base.part, edited.part) ? current.part : edited.part
  }
  const marks = carryAttributes(
    normalMarks(current.part.marks),
    isText(base.part) ? normalMarks(base.part.marks) : {},
    normalMarks(edited.part.marks),
  )
  return { text: current.character, marks: marks as TextShape['marks'] }
}

function units(content: Content): Unit[] {
  const list: Unit[] = []
  for (const part of content) {
    if (!isText(part)) {
      // An unknown node matches no character, so its line is not taken for the export's.
      list.push({ character: part.node === 'hard_break' ? '\n' : '\uFFFC', part })
      continue
    }
    for (let i = 0; i < part.text.length; i++) {
      const character = part.text.charAt(i)
      list.push({ character, part: { text: character, marks: part.marks } })
    }
  }
  return list
}

function text(list: readonly Unit[]): string {
  return list.map((unit) => unit.character).join('')
}
