/** A long document as people write them: chapters, sections, paragraphs, some lists and quotations, formatting here and there. */
import type { SheafFileContent } from '../main/storage/sheaf-file.ts'
import type { DocumentShape, NodeShape, TextShape } from '../shared/document/document-shape.ts'
import { writeShape } from '../shared/document/write-shape.ts'
import { Author } from './author.ts'
import { readTrace } from './trace.ts'

/** `words` words in blocks of 20. The words are those of a real paper, over and over. */
export function longShape(words: number): DocumentShape {
  const vocabulary = readTrace('automerge-paper')
    .endContent.split(/\s+/)
    .filter((word) => /^[\w,.’'-]+$/.test(word))
  const content: NodeShape[] = []
  for (let written = 0; written < words; ) {
    const index = content.length
    const heading = index % 25 === 0
    const length = heading ? 4 : 10 + ((index * 7) % 21) - (index % 2)
    const text = Array.from({ length }, (_, at) => vocabulary[(written + at) % vocabulary.length] ?? 'word')
    written += length
    content.push({ node: 'block', attributes: attributesOf(index), content: runs(text, index) })
  }
  return { title: `${words} words`, content }
}

/** The same as a file's content, written by one person in one session. */
export function longDocument(words: number): SheafFileContent {
  const author = Author.found()
  writeShape(author.doc, longShape(words))
  author.leave()
  return author.content()
}

function attributesOf(index: number): Record<string, unknown> {
  if (index % 250 === 0) return { kind: 'h1' }
  if (index % 25 === 0) return { kind: 'h2' }
  if (index % 25 > 20) return index % 2 === 0 ? { kind: 'ordered' } : { kind: 'ordered', depth: 1 }
  return index % 25 === 12 ? { kind: 'quote' } : {}
}

function runs(words: readonly string[], index: number): TextShape[] {
  if (index % 3 > 0 || words.length < 8) return [{ text: words.join(' '), marks: {} }]
  return [
    { text: `${words.slice(0, 3).join(' ')} `, marks: {} },
    { text: words.slice(3, 6).join(' '), marks: index % 2 === 0 ? { bold: {} } : { italic: {} } },
    { text: ` ${words.slice(6).join(' ')}`, marks: {} },
  ]
}
