/**
 * Footnotes as other programs write them: a small number that links to a note, and in the note a link back to the number.
 * Both links together are the sign; the note then stands where our own pages have theirs.
 */
import {
  attribute,
  descendants,
  element,
  type Element,
  isElement,
  type Node,
  setChildren,
  textOf,
} from './html-elements.ts'

const NUMBER = /^[[(]?(?:\d{1,4}|[ivxlc]{1,6}|[a-z]|[*\u2020\u2021\u00a7\u00b6]{1,3})[\])]?$/i
/** Elements a note can be. */
const NOTE_TAGS = new Set(['p', 'li', 'div', 'dd', 'aside'])
/** Elements around a link that may carry the name a note links back to. */
const STEPS_UP = 3

/** Changes the tree below `page`. */
export function pairNotes(page: Element): void {
  const elements = descendants(page.childNodes)
  const named = names(elements)
  const notes: Element[] = []
  const keys = new Map<Element, string>()
  const waysBack = new Set<Element>()
  for (const link of elements) {
    const target = link.tagName === 'a' ? attribute(link, 'href') : null
    if (target === null || !target.startsWith('#') || attribute(link, 'role') === 'doc-noteref') continue
    if (waysBack.has(link)) continue
    if (!NUMBER.test(textOf(link).trim())) continue
    const note = noteAround(named.get(target.slice(1)))
    if (note === null) continue
    let key = keys.get(note)
    if (key === undefined) {
      const back = linksBack(note, link)
      if (back.length === 0 || isWithin(link, note)) continue
      key = `paired-note-${keys.size + 1}`
      keys.set(note, key)
      for (const each of back) {
        waysBack.add(each)
        takeOut(each)
      }
      takeOut(note)
      notes.push(element('li', { id: key }, note.childNodes))
    }
    link.attributes['href'] = `#${key}`
    link.attributes['role'] = 'doc-noteref'
  }
  if (notes.length === 0) return
  for (const list of elements)
    if (/mso-element:\s*(foot|end)note-list/i.test(attribute(list, 'style') ?? '')) takeOut(list)
  setChildren(page, [...page.childNodes, element('section', { role: 'doc-endnotes' }, notes)])
}

function names(elements: readonly Element[]): Map<string, Element> {
  const named = new Map<string, Element>()
  for (const each of elements) {
    for (const name of [attribute(each, 'id'), attribute(each, 'name')]) {
      if (name !== null && name !== '' && !named.has(name)) named.set(name, each)
    }
  }
  return named
}

/** The note a name stands in: its nearest block, and a box of the note's own around that. */
function noteAround(named: Element | undefined): Element | null {
  let note: Element | null = named ?? null
  while (note !== null && !NOTE_TAGS.has(note.tagName)) note = note.parent
  const box = note?.parent ?? null
  return box !== null && box.tagName === 'div' && /^(sd)?(foot|end|ft|ed)n(ote)?\d+$/.test(attribute(box, 'id') ?? '')
    ? box
    : note
}

/** The links in a note that lead back to what refers to it. */
function linksBack(note: Element, from: Element): Element[] {
  const targets = new Set<string>()
  let around: Element | null = from
  for (let step = 0; step <= STEPS_UP && around !== null; step++, around = around.parent) {
    for (const name of [attribute(around, 'id'), attribute(around, 'name')]) if (name !== null) targets.add(`#${name}`)
  }
  const inside = descendants(note.childNodes)
  const back = inside.filter((each) => each.tagName === 'a' && targets.has(attribute(each, 'href') ?? ''))
  const whole = inside.filter((each) => attribute(each, 'class') === 'mw-cite-backlink')
  return back.length === 0 ? [] : [...back, ...whole]
}

function isWithin(node: Element, container: Element): boolean {
  for (let around: Element | null = node; around !== null; around = around.parent) if (around === container) return true
  return false
}

function takeOut(node: Node): void {
  const { parent } = node
  if (parent === null) return
  setChildren(
    parent,
    parent.childNodes.filter((child) => child !== node),
  )
  const isEmpty = parent.childNodes.every((child) => !isElement(child) && child.text.trim() === '')
  if (isEmpty && (parent.tagName === 'ol' || parent.tagName === 'ul')) takeOut(parent)
}
