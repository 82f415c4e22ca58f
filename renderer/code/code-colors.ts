/**
 * The colours of code on the page, as decorations: counted per block and kept with it, so that a key elsewhere costs nothing
 * and a key in a block costs that block.
 */
import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { isBlock, kindOf } from '../editor/blocks.ts'
import { changedBlocks } from '../editor/windowing/changed-blocks.ts'
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
      const look = (blocks: readonly Node[]) => {
        if (grammars !== null || !blocks.some((block) => languageOf(block) !== null)) return
        void loadGrammars().then(() => {
          if (!view.isDestroyed && colorsKey.getState(view.state) !== undefined) {
            view.dispatch(view.state.tr.setMeta(colorsKey, 'loaded'))
          }
        })
      }
      look(view.state.doc.children)
      return {
        update: ({ state: { doc } }, before) => {
          if (doc === before.doc) return
          const { from, after } = changedBlocks(before.doc, doc)
          look(doc.children.slice(from, after))
        },
      }
    },
    props: { decorations: (state) => colorsKey.getState(state) },
  })
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
  const replaced = isWholePage(tr)
  if (replaced && colors !== DecorationSet.empty) return colorAll(doc)
  let kept = replaced ? colors : colors.map(tr.mapping, doc)
  const changed = changedBlocks(old, doc)
  const from = sizeOf(doc.children.slice(0, changed.from))
  const fresh: Decoration[] = []
  let to = from
  for (const node of doc.children.slice(changed.from, changed.after)) {
    fresh.push(...colorsOf(node, to))
    to += node.nodeSize
  }
  const stale = kept === DecorationSet.empty ? [] : kept.find(from, to)
  if (stale.length > 0) kept = kept.remove(stale)
  return fresh.length > 0 ? kept.add(doc, fresh) : kept
}

function sizeOf(blocks: readonly Node[]): number {
  return blocks.reduce((size, block) => size + block.nodeSize, 0)
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
