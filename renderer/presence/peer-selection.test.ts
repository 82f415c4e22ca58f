import { NodeSelection, Selection, TextSelection } from 'prosemirror-state'
import * as Y from 'yjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BODY } from '../../shared/document/document-shape.ts'
import { bindingOf } from '../editor/binding/caret.ts'
import { type SharedSelection, sharedSelection } from '../editor/binding/shared-place.ts'
import { insertTable } from '../editor/tables/edit-table.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { peerMarks, type PeerMarks, sightedPage } from './peer-marks.ts'
import { PeerSelection } from './peer-selection.ts'

let main: MemoryMain
let alice: OpenPage
let bob: OpenPage

beforeEach(async () => {
  main = new MemoryMain()
  main.change((doc) =>
    write(doc, ['h1 Title', 'one two three', '', 'bullet item', 'code let x = 1\nlet y = 2', 'last']),
  )
  alice = await openPage(main)
  bob = await openPage(main)
})

afterEach(async () => {
  await alice.close()
  await bob.close()
})

async function meet(): Promise<void> {
  for (const page of [alice, bob, alice, bob]) {
    await settle()
    page.receive()
  }
}

function place(page: OpenPage): SharedSelection {
  const shared = sharedSelection(page.editor.view.state)
  if (shared === null) throw new Error('the page is not bound')
  return shared
}

/** What is drawn on a page for somebody, all of it being in sight. */
function marks(peer: PeerSelection, { editor: { view } }: OpenPage): PeerMarks | null {
  const binding = bindingOf(view.state)
  const found = binding === null ? null : peer.find(binding, view.state.doc)
  return found === null
    ? null
    : peerMarks(found, sightedPage(view.state.doc, { from: 0, to: Number.POSITIVE_INFINITY }))
}

function follow({ anchor, head }: SharedSelection): PeerSelection {
  const peer = new PeerSelection()
  peer.move(anchor, head)
  return peer
}

/** The words before and behind a caret, in its own line. */
function around(peer: PeerSelection, page: OpenPage): string | null {
  const caret = marks(peer, page)?.caret
  if (!caret) return null
  const $at = page.editor.view.state.doc.resolve(caret.at)
  const { parent, parentOffset } = $at
  return `${parent.textBetween(0, parentOffset)}|${parent.textBetween(parentOffset, parent.content.size)}`
}

test('PRES-2: every place a caret can have in one window is found in another', async () => {
  alice.select('last', 4)
  insertTable(alice.editor.view.state, alice.editor.view.dispatch, alice.editor.view)
  alice.type('cell')
  await meet()
  const { view } = alice.editor
  const tried: number[] = []
  for (let at = 0; at <= view.state.doc.content.size; at++) {
    if (!view.state.doc.resolve(at).parent.inlineContent) continue
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)))
    expect(marks(follow(place(alice)), bob)?.caret?.at).toBe(at)
    tried.push(at)
  }
  expect(tried.length).toBeGreaterThan(60)
})

test('PRES-2: what somebody selects is found whole, whichever way it was selected', () => {
  const { view } = alice.editor
  alice.select('one two three', 4, 7)
  const { from, to } = view.state.selection
  expect(marks(follow(place(alice)), bob)).toMatchObject({ wash: { from, to }, caret: { at: to, side: -1 } })
  alice.select('one two three', 7, 4)
  expect(marks(follow(place(alice)), bob)).toMatchObject({ wash: { from, to }, caret: { at: from, side: 1 } })
})

test('PRES-3: a caret stays at its words while others and this person write around it', async () => {
  alice.select('one two three', 7)
  const peer = follow(place(alice))
  expect(around(peer, bob)).toBe('one two| three')
  bob.select('one two three', 0)
  bob.type('zero ')
  expect(around(peer, bob)).toBe('zero one two| three')
  bob.select('h1 Title'.slice(3), 0)
  bob.press('Enter')
  bob.type('Before')
  expect(around(peer, bob)).toBe('zero one two| three')
  main.change((doc) => doc.getXmlFragment(BODY).delete(0, 1))
  await meet()
  expect(around(peer, bob)).toBe('zero one two| three')
  expect(around(peer, alice)).toBe('zero one two| three')
})

test('PRES-3: words typed right at another’s caret do not push it on, and it stays where they see it themselves', async () => {
  alice.select('one two three', 7)
  const peer = follow(place(alice))
  bob.select('one two three', 7)
  bob.type('!?')
  expect(around(peer, bob)).toBe('one two|!? three')
  await meet()
  const { parent, parentOffset } = alice.editor.view.state.selection.$head
  expect(parent.textBetween(0, parentOffset)).toBe('one two')
  const own = bob.editor.view.state.selection
  expect(own.$head.parent.textBetween(0, own.$head.parentOffset)).toBe('one two!?')
})

test('PRES-4: a place whose words have not come yet waits where its person was, and goes there with them', async () => {
  alice.select('last', 4)
  const peer = follow(place(alice))
  alice.type(' words')
  const { anchor, head } = place(alice)
  expect(peer.move(anchor, head)).toBe(true)
  expect(around(peer, bob)).toBe('last|')
  await meet()
  expect(around(peer, bob)).toBe('last words|')
})

test('PRES-4: a caret in a block that was deleted is not drawn, and nothing fails', async () => {
  alice.select('one two three', 4)
  const peer = follow(place(alice))
  expect(around(peer, bob)).toBe('one |two three')
  main.change((doc) => doc.getXmlFragment(BODY).delete(1, 1))
  await meet()
  expect(marks(peer, bob)).toBeNull()
})

test('PRES-4: what is no place of the text is nowhere, and makes nothing in the document', () => {
  const foreign = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(new Y.Doc().getText('elsewhere'), 0))
  const roots = [...(bob.session.doc?.share.keys() ?? [])]
  for (const bytes of [new Uint8Array(), Uint8Array.from([9, 9, 9]), foreign]) {
    expect(marks(follow({ anchor: bytes, head: bytes }), bob)).toBeNull()
  }
  expect([...(bob.session.doc?.share.keys() ?? [])]).toEqual(roots)
})

test('PRES-5: what somebody selected as a whole is framed and has no caret', async () => {
  alice.select('one two three', 13)
  alice.press('Enter')
  alice.type('---')
  alice.press('Enter')
  await meet()
  const { view } = alice.editor
  let divider = -1
  view.state.doc.forEach((node, at) => {
    if (node.type.name === 'divider') divider = at
  })
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, divider)))
  const frame = { from: divider, to: divider + 1 }
  expect(marks(follow(place(alice)), bob)).toEqual({ caret: null, wash: null, frames: [frame] })
  view.dispatch(
    view.state.tr.setSelection(
      TextSelection.between(Selection.atStart(view.state.doc).$from, Selection.atEnd(view.state.doc).$to),
    ),
  )
  const all = marks(follow(place(alice)), bob)
  expect(all?.frames).toEqual([frame])
  expect(all?.wash).toEqual({ from: 1, to: view.state.doc.content.size - 1 })
})

test('PRES-5: a rectangle of cells is framed as one', async () => {
  alice.select('last', 4)
  insertTable(alice.editor.view.state, alice.editor.view.dispatch, alice.editor.view)
  await meet()
  const { view } = alice.editor
  const cells: number[] = []
  view.state.doc.descendants((node, at) => {
    if (node.type.name === 'table_cell') cells.push(at)
  })
  const [first = 0, second = 0] = cells
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, first + 1, second + 1)))
  expect(marks(follow(place(alice)), bob)).toEqual({
    caret: null,
    wash: null,
    frames: [{ from: first, to: second + 2 }],
  })
})

test('PRES-9: of a selection over everything only what is in sight is drawn', () => {
  const { view } = alice.editor
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1, view.state.doc.content.size - 1)))
  const binding = bindingOf(bob.editor.view.state)
  const { doc } = bob.editor.view.state
  const found = binding === null ? null : follow(place(alice)).find(binding, doc)
  if (found === null) throw new Error('the selection was not found')
  const sight = sightedPage(doc, { from: 1, to: 3 })
  expect(peerMarks(found, sight)).toEqual({ caret: null, wash: { from: sight.start, to: sight.end }, frames: [] })
})
