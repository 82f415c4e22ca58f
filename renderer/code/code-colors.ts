/**
 * The colours of code on the page, as decorations: counted per block and kept with it, so that a key elsewhere costs nothing
 * and a key in a block costs that block.
 */
import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { isBlock, kindOf } from '../editor/blocks.ts'
import type { CodeSpan, codeSpans } from './code-grammars.ts'
import { codeLanguage } from './code-languages.ts'

type Grammars = { readonly codeSpans: typeof codeSpans }

/** Characters above which a block stays plain: colouring it would be felt at each key. */
const LONGEST = 40_000

const colorsKey = new PluginKey<DecorationSet>('codeColors')
const counted = new WeakMap<Node, readonly CodeSpan[]>()
let grammars: Grammars | null = null
let loading: Promise<void> | null = null

/** Loads the grammars; the same promise for everybody. */
export function loadGrammars(): Promise<void> {
  loading ??= import('./code-grammars.ts').then((loaded) => {
    grammars = loaded
  })
  return loading
}

export function codeColors(): Plugin {
  return new Plugin<DecorationSet>({
    key: colorsKey,
    state: {
      init: (_config, { doc }) => colorAll(doc),
      apply: (tr, colors, before) => recolor(tr, colors, before),
    },
    view: (view) => {
      const look = () => {
        if (grammars !== null || !hasCode(view.state.doc)) return
        void loadGrammars().then(() => {
          if (!view.isDestroyed && colorsKey.getState(view.state) !== undefined) {
            view.dispatch(view.state.tr.setMeta(colorsKey, 'loaded'))
          }
        })
      }
      look()
      return {
        update: ({ state: { doc } }, before) => {
          if (doc !== before.doc) look()
        },
      }
    },
    props: { decorations: (state) => colorsKey.getState(state) },
  })
}

function hasCode(doc: Node): boolean {
  for (let index = 0; index < doc.childCount; index++) if (languageOf(doc.child(index)) !== null) return true
  return false
}

function languageOf(node: Node): string | null {
  return isBlock(node) && kindOf(node) === 'code' ? (codeLanguage(node.attrs['lang'])?.id ?? null) : null
}

function colorAll(doc: Node): DecorationSet {
  const colors: Decoration[] = []
  doc.forEach((node, pos) => colors.push(...colorsOf(node, pos)))
  return DecorationSet.create(doc, colors)
}

/** Counts what differs between two pages anew. Blocks that stayed are the same objects on both. */
function recolor(tr: Transaction, colors: DecorationSet, { doc: old }: EditorState): DecorationSet {
  const { doc } = tr
  if (tr.getMeta(colorsKey) === 'loaded') return colorAll(doc)
  if (doc === old) return colors
  const common = Math.min(old.childCount, doc.childCount)
  let first = 0
  let from = 0
  while (first < common && old.child(first) === doc.child(first)) from += doc.child(first++).nodeSize
  let last = 0
  while (last < common - first && old.child(old.childCount - 1 - last) === doc.child(doc.childCount - 1 - last)) last++
  const replaced = isWholePage(tr)
  if (replaced && colors !== DecorationSet.empty) return colorAll(doc)
  let kept = replaced ? colors : colors.map(tr.mapping, doc)
  const fresh: Decoration[] = []
  let to = from
  for (let index = first; index < doc.childCount - last; index++) {
    const node = doc.child(index)
    fresh.push(...colorsOf(node, to))
    to += node.nodeSize
  }
  const stale = kept === DecorationSet.empty ? [] : kept.find(from, to)
  if (stale.length > 0) kept = kept.remove(stale)
  return fresh.length > 0 ? kept.add(doc, fresh) : kept
}

/** The Yjs binding shows what others did by replacing the page, and no decoration can be mapped through that. */
function isWholePage({ mapping, before }: Transaction): boolean {
  let whole = false
  mapping.maps.forEach((map) =>
    map.forEach((start, end) => {
      if (start === 0 && end === before.content.size) whole = true
    }),
  )
  return whole
}

function colorsOf(node: Node, pos: number): Decoration[] {
  const language = languageOf(node)
  if (language === null || grammars === null || node.content.size > LONGEST) return []
  let spans = counted.get(node)
  if (spans === undefined) {
    spans = grammars.codeSpans(language, plainText(node))
    counted.set(node, spans)
  }
  return spans.map(({ from, to, look }) => Decoration.inline(pos + 1 + from, pos + 1 + to, { class: look }))
}

/** The block's text with a space for each position that is no character, so that positions and characters agree. */
function plainText(block: Node): string {
  let text = ''
  block.forEach((child) => {
    text += child.text ?? ' '.repeat(child.nodeSize)
  })
  return text
}
