import { describe, expect, it } from 'vitest'
import { blockTree, heldDepths, isList, type Tree } from './block-tree.ts'
import type { NodeShape } from './document-shape.ts'

const block = (name: string, kind: string | null, depth = 0): NodeShape => ({
  node: 'block',
  attributes: { ...(kind === null ? {} : { kind }), ...(depth > 0 ? { depth } : {}), name },
  content: [],
})

/** A tree as text: `ul(a(…) b)`, `_` for an item without a block. */
const show = (trees: readonly Tree[]): string =>
  trees
    .map((tree) => {
      if (!isList(tree)) return String(tree.attributes['name'])
      const items = tree.items.map(({ block: own, children }) => {
        const name = own === null ? '_' : String(own.attributes['name'])
        return children.length === 0 ? name : `${name}(${show(children)})`
      })
      return `${tree.list === 'ordered' ? 'ol' : 'ul'}(${items.join(' ')})`
    })
    .join(' ')

describe('blocks as nested lists', () => {
  it.each<[string, NodeShape[], string]>([
    ['side by side', [block('a', 'bullet'), block('b', 'task'), block('c', null)], 'ul(a b) c'],
    ['of two kinds', [block('a', 'bullet'), block('b', 'ordered'), block('c', 'bullet')], 'ul(a) ol(b) ul(c)'],
    ['nested', [block('a', 'bullet'), block('b', 'ordered', 1), block('c', 'bullet')], 'ul(a(ol(b)) c)'],
    ['indented twice', [block('a', 'bullet'), block('b', 'bullet', 2), block('c', 'bullet')], 'ul(a(ul(_(ul(b)))) c)'],
    ['beginning indented', [block('a', 'ordered', 1), block('b', 'bullet')], 'ul(_(ol(a)) b)'],
    ['with a paragraph inside', [block('a', 'bullet'), block('b', null, 1), block('c', 'bullet')], 'ul(a(b) c)'],
    ['with a paragraph too deep', [block('a', 'bullet'), block('b', 'quote', 5), block('c', null)], 'ul(a(b)) c'],
  ])('%s', (_, blocks, tree) => {
    expect(show(blockTree(blocks))).toBe(tree)
  })

  it('have the depths at which they are held', () => {
    const blocks = [block('a', null, 2), block('b', 'bullet', 3), block('c', null, 8), block('d', null)]
    expect(heldDepths(blocks)).toEqual([0, 3, 4, 0])
  })
})
