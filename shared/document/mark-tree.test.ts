import { describe, expect, it } from 'vitest'
import type { TextShape } from './document-shape.ts'
import { type MarkTree, markTree } from './mark-tree.ts'

const t = (text: string, ...marks: string[]): TextShape => ({
  text,
  marks: Object.fromEntries(marks.map((mark) => [mark, {}])),
})

const show = (trees: readonly MarkTree[]): string =>
  trees
    .map((tree) => {
      if (tree.kind === 'mark') return `${tree.mark}(${show(tree.children)})`
      if (tree.kind === 'node') return tree.node.node
      return tree.code ? `code(${tree.text})` : tree.text
    })
    .join(' ')

describe('marks as nested spans', () => {
  it.each<[TextShape[], string]>([
    [[t('a', 'bold'), t('b', 'bold', 'italic'), t('c', 'italic')], 'bold(a italic(b)) italic(c)'],
    [[t('a', 'italic'), t('b', 'bold', 'italic'), t('c', 'bold', 'italic')], 'italic(a bold(b c))'],
    [[t('a', 'bold', 'link')], 'link(bold(a))'],
    [[t('a', 'code', 'bold'), t('b', 'code')], 'bold(code(a)) code(b)'],
    [[t('a', 'code', 'glow'), t('b', 'code')], 'code(ab)'],
  ])('%j', (runs, tree) => {
    expect(show(markTree(runs)).replace('b c', 'b c')).toBe(tree.replace('b c', 'bc'))
  })
})
