import { describe, expect, it } from 'vitest'
import type { NodeShape } from './document-shape.ts'
import { textToShape } from './text-to-shape.ts'

const br: NodeShape = { node: 'hard_break', attributes: {}, content: [] }
const p = (...lines: string[]): NodeShape => ({
  node: 'block',
  attributes: {},
  content: lines.flatMap((text, index) => [...(index > 0 ? [br] : []), { text, marks: {} }]),
})

describe('plain text from elsewhere', () => {
  it('has its paragraphs between empty lines, with their line breaks', () => {
    expect(textToShape('\uFEFFone\r\ntwo\r\n\r\n \r\nthree\r\n').content).toEqual([p('one', 'two'), p('three')])
  })

  it('has a paragraph on every line when there are no empty lines', () => {
    expect(textToShape('one\ntwo\n').content).toEqual([p('one'), p('two')])
    expect(textToShape('').content).toEqual([])
  })
})
