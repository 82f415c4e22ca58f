import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryShape } from '../../shared/document/arbitrary-shape.ts'
import { applyEdited } from './apply-edited.ts'
import { exportDocument, importDocument } from './convert-document.ts'

const shapeOf = (markdown: string) => importDocument(markdown, 'md').shape
const markdownOf = (shape: ReturnType<typeof shapeOf>): string => exportDocument(shape, 'md').text

describe('applying an edited export', () => {
  it('changes nothing when nothing was edited, in every format that can be applied', () => {
    fc.assert(
      fc.property(arbitraryShape, fc.constantFrom('md' as const, 'html' as const, 'json' as const), (shape, format) => {
        expect(applyEdited(shape, exportDocument(shape, format).text, format).shape).toEqual(shape)
      }),
      { numRuns: 200 },
    )
  })

  it('CLI-25: keeps what was written meanwhile when the export before the edit is given', () => {
    const base = '# Title\n\nOne paragraph.\n\nTwo paragraphs.\n\nThree.\n'
    const current = '# Better title\n\nOne new paragraph.\n\nTwo paragraphs.\n\nThree.\n\nFour, written meanwhile.\n'
    const edited = '# Title\n\nOne paragraph here.\n\nThree, edited.\n'
    const { shape } = applyEdited(shapeOf(current), edited, 'md', base)
    expect(markdownOf(shape)).toBe(
      '# Better title\n\nOne new paragraph here.\n\nThree, edited.\n\nFour, written meanwhile.\n',
    )
  })

  it('is the edited text when nothing was written meanwhile', () => {
    fc.assert(
      fc.property(arbitraryShape, arbitraryShape, (before, after) => {
        const [base, edited] = [markdownOf(before), markdownOf(after)]
        const { shape } = applyEdited(shapeOf(base), edited, 'md', base)
        expect(shape).toEqual(shapeOf(edited))
      }),
      { numRuns: 100 },
    )
  })

  it('refuses plain text, which says too little', () => {
    expect(() => applyEdited(shapeOf('a'), 'b', 'txt')).toThrow('use Markdown')
  })
})
