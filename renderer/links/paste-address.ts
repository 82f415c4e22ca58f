/** Pasting an address: over selected words it links them, and by itself it is put in as a link. */
import type { EditorView } from 'prosemirror-view'
import { safeHref } from '../../shared/document/safe-href.ts'
import { setLink } from '../editor/formatting/links.ts'
import { asOwnStep } from '../editor/binding/own-step.ts'
import { admitsQuery } from '../pickers/typed-query.ts'
import { hrefOf } from './find-address.ts'

/** Answers whether it was an address alone and is dealt with. `html`: what the clipboard says beside the text. */
export function pasteAddress(view: EditorView, text: string, html: string): boolean {
  const { state } = view
  const { empty, $from, $to } = state.selection
  const address = text.trim()
  const type = state.schema.marks['link']
  if (address === '' || type === undefined || !$from.sameParent($to) || !admitsQuery($from)) return false
  const href = /\s/u.test(address) ? null : (hrefOf(address) ?? (empty ? null : safeHref(address)))
  if (href === null) return false
  if (!empty) return setLink(href)(state, view.dispatch)
  // Words that came with their own form keep it.
  if (html !== '') return false
  const words = state.schema.text(address, type.create({ href }).addToSet($from.marks()))
  const tr = state.tr.replaceSelectionWith(words, false).removeStoredMark(type).scrollIntoView()
  view.dispatch(asOwnStep(tr).setMeta('paste', true))
  return true
}
