import { NodeSelection } from 'prosemirror-state'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import { pageAction } from '../editor/actions/page-actions.ts'
import { imageView } from '../images/image-view.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { type OpenPage, openPage, write } from '../testing/open-page.ts'
import { silentServices } from '../testing/silent-services.ts'
import { type PageMenuActions, pageMenuActions } from './page-menu-actions.ts'

let main: MemoryMain
let page: OpenPage
let actions: PageMenuActions

beforeEach(async () => {
  main = new MemoryMain()
  write(main.doc, ['By the river'])
  const picture = new Y.XmlElement('image')
  picture.setAttribute('blob', 'ab'.repeat(32))
  main.doc.getXmlFragment(BODY).push([picture])
  page = await openPage(main, () => [], { image: imageView((name) => `/image/${name}`) })
  actions = pageMenuActions(page.editor.view, silentServices, () => {})
})

afterEach(() => page.close())

test('MENU-4: a selected picture can be described, and a block that is none can’t', () => {
  page.select('By the river', 0)
  expect(actions.hasPicture()).toBe(false)
  const { view } = page.editor
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, view.state.doc.child(0).nodeSize)))
  expect(actions.hasPicture()).toBe(true)
  actions.describePicture()
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Describe it for people who can’t see it')
})

test('MENU-4: of what changes the page nothing is offered where it may not be changed', async () => {
  page.select('By the river', 0, 2)
  const offered = () => [actions.isWritable(), actions.can(pageAction('text.link')), actions.can(pageAction('text.h2'))]
  expect(offered()).toEqual([true, true, true])
  page.session.refuseWriting('Only to be read')
  expect(offered()).toEqual([false, false, false])
  expect(actions.hasSelection()).toBe(true)
})
