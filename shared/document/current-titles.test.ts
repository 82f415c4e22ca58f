import { expect, test } from 'vitest'
import { withCurrentTitles } from './current-titles.ts'
import type { DocumentShape, NodeShape } from './document-shape.ts'
import { shapeToMarkdown } from './markdown/shape-to-markdown.ts'

const mention = (document: string, label: string): NodeShape => ({
  node: 'mention',
  attributes: { document, label },
  content: [],
})
const known = 'ab'.repeat(32)
const strange = 'cd'.repeat(32)

test('LINK-26: an export names documents by their titles of now, in notes and cells as well, and others as they were', () => {
  const note: NodeShape = { node: 'footnote', attributes: {}, content: [mention(known, 'Old')] }
  const shape: DocumentShape = {
    title: 'Page',
    content: [
      { node: 'block', attributes: {}, content: [{ text: 'see ', marks: {} }, mention(known, 'Old'), note] },
      { node: 'block', attributes: {}, content: [mention(strange, 'Elsewhere')] },
    ],
  }
  const { markdown } = shapeToMarkdown(withCurrentTitles(shape, (id) => (id === known ? 'New' : null)))
  expect(markdown).not.toContain('Old')
  expect(markdown.match(/\[New\]\(sheaf:(?:ab){32}\)/g)).toHaveLength(2)
  expect(markdown).toContain(`[Elsewhere](sheaf:${strange})`)
})
