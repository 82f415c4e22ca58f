/** A page as tests use it: a real session and a real editor in jsdom, with hands that type and press. */
import { type Plugin, Selection, TextSelection } from 'prosemirror-state'
import type { NodeViewConstructor } from 'prosemirror-view'
import * as Y from 'yjs'
import { BODY, type NodeShape, readShape } from '../../shared/document/document-shape.ts'
import { equalValues, normalShape } from '../../shared/document/normal-shape.ts'
import { LongPaste } from '../clipboard/long-paste.ts'
import { DocumentSession, type SessionState } from '../documents/document-session.ts'
import { PageEditor } from '../editor/create-editor.ts'
import { sameDocument } from '../editor/binding/same-document.ts'
import { SelectionWatch } from '../editor/formatting/selection-watch.ts'
import { DOCUMENT_ID, type MemoryMain, type MemoryWindow } from './memory-main.ts'
import { silentServices } from './silent-services.ts'

export interface OpenPage {
  readonly window: MemoryWindow
  readonly session: DocumentSession
  readonly editor: PageEditor
  readonly states: SessionState[]
  readonly links: string[]
  /** What the person was told. */
  readonly said: string[]
  state(): SessionState
  type(text: string): void
  press(keys: string): void
  /** Puts the caret, or a selection, into a block by its text. */
  select(text: string, from?: number, to?: number): void
  /** Lets everything others did arrive. */
  receive(): void
  /** The blocks as the page shows them, one line each: `h1 Title`, `bullet:1 item`, `task+ done`. */
  lines(): string[]
  close(): Promise<void>
}

export async function openPage(
  main: MemoryMain,
  plugins: () => Plugin[] = () => [],
  nodeViews: Readonly<Record<string, NodeViewConstructor>> = {},
): Promise<OpenPage> {
  const window = main.window()
  const states: SessionState[] = []
  const links: string[] = []
  const said: string[] = []
  const mount = document.body.appendChild(document.createElement('div'))
  const session = new DocumentSession(window, DOCUMENT_ID, {
    onDocument: (doc) => editor.show(doc),
    onState: (state) => {
      states.push(state)
      editor.refreshEditable()
    },
    onArrival: () => editor.takeInCaret(),
    isComposing: () => editor.view.composing,
  })
  const editor = new PageEditor(mount, {
    documentId: DOCUMENT_ID,
    labels: { body: 'Document body', placeholder: 'Start writing', newer: 'Made with a newer Sheaf' },
    watch: new SelectionWatch(),
    services: silentServices,
    plugins,
    nodeViews,
    longPaste: new LongPaste(),
    keepPictures: (addresses) => Promise.resolve(addresses.map(() => 'ab'.repeat(32))),
    notify: (sentence) => said.push(sentence),
    byUser: (act) => session.byUser(act),
    isWritable: () => session.writable,
    onUnholdable: () => session.refuseWriting('It holds something this version can only show.'),
    onMismatch: (detail) => session.rebuild(detail),
    openLink: (href) => links.push(href),
    leaveUpwards: () => true,
    focusToolbar: () => false,
  })
  await session.open()
  const { view } = editor
  return {
    window,
    session,
    editor,
    states,
    links,
    said,
    state: () => {
      const last = states.at(-1)
      if (last === undefined) throw new Error('the session has said nothing yet')
      return last
    },
    type: (text) => {
      for (const letter of text) typeLetter(editor, letter)
    },
    press: (keys) => pressKeys(editor, keys),
    select: (text, from, to) => {
      view.state.doc.forEach((node, pos) => {
        if (node.textContent !== text) return
        const anchor = pos + 1 + (from ?? node.content.size)
        const head = to === undefined ? anchor : pos + 1 + to
        view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, anchor, head)))
      })
    },
    receive: () => session.inbox.flush(),
    lines: () => normalShape(readShape(session.doc ?? new Y.Doc())).content.map(line),
    close: async () => {
      editor.destroy()
      await session.close()
      mount.remove()
    },
  }
}

function typeLetter({ view }: PageEditor, letter: string): void {
  if (letter === '\n') {
    press(view.dom, { key: 'Enter' })
    return
  }
  const { from, to } = view.state.selection
  const plain = () =>
    view.state.selection instanceof TextSelection
      ? view.state.tr.insertText(letter, from, to)
      : view.state.tr.insertText(letter)
  if (!view.someProp('handleTextInput', (handle) => handle(view, from, to, letter, plain))) view.dispatch(plain())
}

/** `Mod-Shift-7`, `Tab`, `Backspace`. */
function pressKeys({ view }: PageEditor, keys: string): void {
  const parts = keys.split('-')
  const key = parts.pop() ?? ''
  const codes: Record<string, number> = { '7': 55, '8': 56, '9': 57, '0': 48, '1': 49, '2': 50, '3': 51 }
  press(view.dom, {
    key,
    keyCode: codes[key] ?? 0,
    ctrlKey: parts.includes('Mod'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
  })
}

function press(target: HTMLElement, init: KeyboardEventInit): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))
}

function line(node: NodeShape): string {
  if (node.node !== 'block') return node.node
  const { kind, depth, checked } = node.attributes
  const text = node.content
    .map((part) =>
      'text' in part ? [...Object.keys(part.marks).map((mark) => `<${mark}>`), part.text].join('') : `{${part.node}}`,
    )
    .join('|')
  return `${kind ?? 'p'}${depth === undefined ? '' : `:${depth}`}${checked === true ? '+' : ''} ${text}`
}

/** Writes blocks into a document as another program would: `['h1 Title', 'text']` in the same notation, without marks. */
export function write(doc: Y.Doc, lines: readonly string[]): void {
  const body = doc.getXmlFragment(BODY)
  for (const each of lines) {
    const [, kind, depth, text] = /^(?:(h1|h2|h3|bullet|ordered|task|quote|code|p)(?::(\d))? )?([^]*)$/.exec(each) ?? []
    const block = new Y.XmlElement<{ [name: string]: string | number }>('block')
    if (kind !== undefined && kind !== 'p') block.setAttribute('kind', kind)
    if (depth !== undefined) block.setAttribute('depth', Number(depth))
    block.insert(0, [new Y.XmlText(text ?? '')])
    body.push([block as Y.XmlElement])
  }
}

/** Whether what the page shows, what its Yjs document holds and what is on disk are the same. */
export function agrees(page: OpenPage, main: MemoryMain): boolean {
  const doc = page.session.doc
  if (doc === null) return false
  const equal = equalValues(normalShape(readShape(doc)), normalShape(readShape(main.doc)))
  return equal && sameDocument(doc.getXmlFragment(BODY), page.editor.view.state.doc)
}

/** Puts the caret at the very start of the page. */
export function toStart({ editor: { view } }: OpenPage): void {
  view.dispatch(view.state.tr.setSelection(Selection.atStart(view.state.doc)))
}

/** Resolves when all answers that are under way have come. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}
