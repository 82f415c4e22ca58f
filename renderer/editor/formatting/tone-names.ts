/**
 * The names of the tones as the style sheet writes them above callouts (`--label-tip`): whether a block begins a callout is
 * known by what stands before it, which CSS sees without any work of ours.
 */
import { Plugin } from 'prosemirror-state'
import { TONES } from '../../../shared/document/block-kinds.ts'
import { TONE_LABELS } from '../actions/line-actions.ts'

export function toneNames(): Plugin {
  return new Plugin({
    view(view) {
      // On the parent: ProseMirror owns the style of its own element.
      const style = view.dom.parentElement?.style
      for (const tone of TONES) style?.setProperty(`--label-${tone}`, JSON.stringify(TONE_LABELS[tone]()))
      return {}
    },
  })
}
