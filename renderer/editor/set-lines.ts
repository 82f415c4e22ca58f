/** Commands on how the lines of blocks are set: their alignment, their direction, the tone of a callout. */
import type { Command } from 'prosemirror-state'
import { type Alignment, isVerbatim, type Tone } from '../../shared/document/block-kinds.ts'
import { attrsAs, kindOf, selectedBlocks } from './blocks.ts'

/** Null: at the start of the line. */
export function setAlignment(align: Alignment | null): Command {
  return setOnText('align', align)
}

/** Null: the direction of the block's first strong letter. */
export function setDirection(dir: 'ltr' | 'rtl' | null): Command {
  return setOnText('dir', dir)
}

/** Makes the selected blocks callouts of a tone. */
export function setTone(tone: Tone): Command {
  return (state, dispatch) => {
    const blocks = selectedBlocks(state).filter(({ node }) => !isVerbatim(kindOf(node)))
    if (blocks.length === 0) return false
    const { tr } = state
    const stored = tone === 'note' ? null : tone
    for (const { node, pos } of blocks) {
      tr.setNodeMarkup(pos, null, { ...attrsAs(node.attrs, 'callout'), tone: stored })
    }
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

function setOnText(name: 'align' | 'dir', value: string | null): Command {
  return (state, dispatch) => {
    const blocks = selectedBlocks(state).filter(({ node }) => !isVerbatim(kindOf(node)))
    if (blocks.length === 0) return false
    const { tr } = state
    for (const { node, pos } of blocks) {
      if (node.attrs[name] !== value) tr.setNodeMarkup(pos, null, { ...node.attrs, [name]: value })
    }
    dispatch?.(tr.scrollIntoView())
    return true
  }
}
