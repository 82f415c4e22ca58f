/**
 * What screen readers are told of blocks beyond their tags: the page is flat, so that a list is a row of blocks that only
 * look like one. Each item says its place, how many there are and how deep it stands; callouts and code say what they are.
 */
import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { ySyncPluginKey } from 'y-prosemirror'
import { calloutTone } from '../../../shared/document/block-kinds.ts'
import { t } from '../../strings/t.ts'
import { TONE_LABELS } from '../actions/line-actions.ts'
import { depthOf, isBlock, isListItem, kindOf } from '../blocks.ts'
import { onlyChangedBlock } from '../windowing/changed-blocks.ts'

/** Above that many blocks most of them are out of the screen reader's sight anyway (docs/decisions/0007). */
const MOST_BLOCKS = 1000

interface Item {
  readonly depth: number
  readonly place: number
  readonly siblings: { count: number }
}

/** Each list item by its index among the page's blocks: its depth, its place, and the number of its siblings. */
export function listItems(page: Node): ReadonlyMap<number, Item> {
  const items = new Map<number, Item>()
  /** The list that is open at each depth. */
  let open: { kind: string; siblings: { count: number } }[] = []
  page.forEach((node, _pos, index) => {
    if (!isListItem(node)) {
      open = []
      return
    }
    const depth = depthOf(node)
    const kind = kindOf(node)
    open.length = Math.min(open.length, depth + 1)
    if (open[depth]?.kind !== kind) open[depth] = { kind, siblings: { count: 0 } }
    const { siblings } = open[depth]
    siblings.count += 1
    items.set(index, { depth, place: siblings.count, siblings })
  })
  return items
}

export function spokenRoles(): Plugin<DecorationSet> {
  const key = new PluginKey<DecorationSet>('spoken-roles')
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, { doc }) => decorate(doc),
      apply: follow,
    },
    props: { decorations: (state) => key.getState(state) },
  })
}

/** A key within a block leaves what every block is, and so costs no walk over the page. */
function follow(transaction: Transaction, set: DecorationSet, { doc: before }: EditorState): DecorationSet {
  const { doc, docChanged, mapping } = transaction
  if (!docChanged) return set
  // What others did comes as a new page, and no decoration can be mapped through that.
  const index = transaction.getMeta(ySyncPluginKey) === undefined ? onlyChangedBlock(before, doc) : null
  if (index !== null && before.child(index).sameMarkup(doc.child(index))) return set.map(mapping, doc)
  return decorate(doc)
}

function decorate(page: Node): DecorationSet {
  if (page.childCount > MOST_BLOCKS) return DecorationSet.empty
  const items = listItems(page)
  const decorations: Decoration[] = []
  page.forEach((node, pos, index) => {
    const roles = spoken(node, items.get(index))
    if (roles !== null) decorations.push(Decoration.node(pos, pos + node.nodeSize, roles))
  })
  return DecorationSet.create(page, decorations)
}

function spoken(node: Node, item: Item | undefined): Record<string, string> | null {
  if (item !== undefined) {
    return {
      role: 'listitem',
      'aria-level': String(item.depth + 1),
      'aria-posinset': String(item.place),
      'aria-setsize': String(item.siblings.count),
    }
  }
  if (!isBlock(node)) return null
  if (kindOf(node) === 'code') return { role: 'group', 'aria-label': t('command.codeBlock') }
  if (kindOf(node) !== 'callout') return null
  return { role: 'group', 'aria-label': TONE_LABELS[calloutTone(node.attrs['tone'])]() }
}
