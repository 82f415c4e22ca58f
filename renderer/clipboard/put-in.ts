/** Ways to put a pasted piece on the page. */
import type { Slice } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { SheafError } from '../../shared/errors.ts'
import { bindingOf, relativeCaret, resolveCaret } from '../editor/binding/caret.ts'
import { t } from '../strings/t.ts'
import { withPictures } from './awaited-pictures.ts'
import { sliceOf } from './page-shapes.ts'
import type { PasteReading } from './paste-reader.ts'

export interface PicturePorts {
  /** Keeps pictures with the document, by their `data:` addresses. Answers their names; null for one that is no picture. */
  keepPictures(addresses: readonly string[]): Promise<readonly (string | null)[]>
  /** Says one sentence to the person. */
  notify(sentence: string): void
}

/** In place of the selection. Answers that it was done, as a handler of the view does. */
export function putIn(view: EditorView, slice: Slice): true {
  view.dispatch(
    view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'),
  )
  return true
}

/** The plain text first, then in its place what it means: one undo gives back the text as it was pasted. */
export function putInAsMarkdown(view: EditorView, plain: Slice, meant: Slice): true {
  const { from } = view.state.selection
  const behind = view.state.doc.content.size - view.state.selection.to
  putIn(view, plain)
  const { tr } = view.state
  const whole = TextSelection.between(tr.doc.resolve(from), tr.doc.resolve(tr.doc.content.size - behind))
  // Into the empty line that is left, a heading or an item comes as what it is.
  tr.setSelection(whole).deleteSelection().replaceSelection(meant)
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'))
  return true
}

/** Once its pictures are on disk with the document; the words come even when they can't be. */
export function putInWithPictures(view: EditorView, { shapes, pictures }: PasteReading, ports: PicturePorts): true {
  const caret = relativeCaret(view.state)
  const put = (names: readonly (string | null)[]) => {
    if (view.isDestroyed || !view.editable) return
    const { state } = view
    const binding = bindingOf(state)
    const place = caret === null || binding === null ? null : resolveCaret(caret, binding, state.doc)
    if (place !== null) view.dispatch(state.tr.setSelection(place))
    putIn(view, sliceOf(state.schema, withPictures(shapes, names)))
  }
  ports.keepPictures(pictures).then(
    (names) => {
      put(names)
      if (names.includes(null)) ports.notify(t('image.notAnImage'))
    },
    (error: unknown) => {
      put(pictures.map(() => null))
      ports.notify(error instanceof SheafError ? error.message : t('image.notKept'))
      if (!(error instanceof SheafError)) throw error
    },
  )
  return true
}
