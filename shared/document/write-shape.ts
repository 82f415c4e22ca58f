/**
 * Makes a Yjs document say what a shape says, by the smallest ordinary edits: words inside their block, attributes one
 * by one, marks by range. What does not change keeps its identity, so a merge with someone else's edits loses neither.
 *
 * What it writes is what the editor's own binding would have written: a block is an element whose text runs stand in
 * one `XmlText` between inline nodes, marks are formatting attributes, null attributes are not stored.
 */
import * as Y from 'yjs'
import { assert } from '../errors.ts'
import { alignParts, isTextGroup, type Part } from './align-parts.ts'
import { BODY, type DocumentShape, FACTS, type NodeShape, plainAttributes } from './document-shape.ts'
import { equalValues, normalShape } from './normal-shape.ts'
import { readPart, textGroups, type YPart } from './shape-parts.ts'
import { createNode, createText, writeText } from './write-text.ts'

/** What was done; characters are UTF-16 units of text that stays or goes inside blocks, and of whole blocks. */
export interface WrittenChanges {
  titleChanged: boolean
  blocksInserted: number
  blocksDeleted: number
  blocksEdited: number
  charactersInserted: number
  charactersDeleted: number
}

/** One transaction with `origin`; none at all when the document says it already. */
export function writeShape(doc: Y.Doc, target: DocumentShape, origin: unknown = null): WrittenChanges {
  const changes: WrittenChanges = {
    titleChanged: false,
    blocksInserted: 0,
    blocksDeleted: 0,
    blocksEdited: 0,
    charactersInserted: 0,
    charactersDeleted: 0,
  }
  const shape = normalShape(target)
  doc.transact(() => {
    const facts = doc.getMap(FACTS)
    const title = facts.get('title')
    if ((typeof title === 'string' ? title : '') !== shape.title) {
      facts.set('title', shape.title)
      changes.titleChanged = true
    }
    writeLanguage(facts, shape.language)
    writeChildren(doc.getXmlFragment(BODY), shape.content, changes, true)
  }, origin)
  return changes
}

/** A shape that says no language leaves the document's as it is: most formats can't say one. */
function writeLanguage(facts: Y.Map<unknown>, language: string | undefined): void {
  if (language !== undefined && facts.get('language') !== language) facts.set('language', language)
}

function writeChildren(parent: Y.XmlFragment, content: NodeShape['content'], changes: WrittenChanges, body: boolean) {
  const present = readPart(parent)
  const wanted = textGroups(content)
  const pairs = alignParts(
    present.map(({ part }) => part),
    wanted,
  )
  let from = present.length
  let to = wanted.length
  // From the end to the start, so that indexes in front stay right.
  for (const pair of [...pairs.reverse(), { from: -1, to: -1 }]) {
    const gone = present.slice(pair.from + 1, from)
    const come = wanted.slice(pair.to + 1, to)
    const next = present[from]
    if (come.length > 0) {
      const last = gone.at(-1) ?? present[pair.from]
      const index = next !== undefined ? next.index : last === undefined ? 0 : last.index + last.types.length
      parent.insert(
        index,
        come.map((part) => create(part, changes)),
      )
      if (body) changes.blocksInserted += come.length
    }
    for (const part of gone.reverse()) remove(parent, part, wanted.length === 0 && present.length === 1, changes, body)
    const kept = present[pair.from]
    const target = wanted[pair.to]
    if (kept !== undefined && target !== undefined && writePart(kept, target, changes) && body) changes.blocksEdited++
    from = pair.from
    to = pair.to
  }
}

function create(part: Part, changes: WrittenChanges): Y.XmlElement | Y.XmlText {
  changes.charactersInserted += characters(part)
  return isTextGroup(part) ? createText(part.runs) : createNode(part)
}

function remove(parent: Y.XmlFragment, gone: YPart, alone: boolean, changes: WrittenChanges, body: boolean): void {
  changes.charactersDeleted += characters(gone.part)
  if (body) changes.blocksDeleted++
  // A block that loses all its words keeps the place they stood in: what someone types there meanwhile stays.
  if (alone && isTextGroup(gone.part)) for (const type of gone.types) (type as Y.XmlText).delete(0, type.length)
  else parent.delete(gone.index, gone.types.length)
}

/** Whether anything had to be written. */
function writePart(kept: YPart, target: Part, changes: WrittenChanges): boolean {
  if (equalValues(kept.part, target)) return false
  if (isTextGroup(target)) {
    const { inserted, deleted } = writeText(kept.types as Y.XmlText[], target.runs)
    changes.charactersInserted += inserted
    changes.charactersDeleted += deleted
    return true
  }
  const element = kept.types[0]
  assert(element instanceof Y.XmlElement && element.nodeName === target.node, 'only nodes of one name are paired')
  writeAttributes(element, target.attributes)
  writeChildren(element, target.content, changes, false)
  return true
}

function writeAttributes(element: Y.XmlElement, attributes: NodeShape['attributes']): void {
  const present = plainAttributes(element)
  for (const [name, value] of Object.entries(attributes)) {
    if (!equalValues(present[name], value)) element.setAttribute(name, value as string)
  }
  for (const [name, value] of Object.entries(present)) {
    if (!(name in attributes) && value !== null && value !== undefined) element.removeAttribute(name)
  }
}

function characters(part: Part | NodeShape['content'][number]): number {
  if ('text' in part) return part.text.length
  const inner = 'runs' in part ? part.runs : part.content
  return inner.reduce((sum, child) => sum + characters(child), 0)
}
