/** Edits as people make them, by chance: words, marks, blocks, attributes, the title, and whole texts written anew. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { arbitraryShape } from '../../shared/document/arbitrary-shape.ts'
import { BODY, FACTS } from '../../shared/document/document-shape.ts'
import { BLOCK_KINDS } from '../../shared/document/block-kinds.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import type { Random } from '../seeded-random.ts'

const WORDS = ['a', 'word ', 'two words ', '漢字', '👩‍👩‍👧', 'שלום ', 'e\u0301', '\t', 'x'.repeat(300)]
const MARKS = [{ bold: {} }, { italic: {} }, { bold: null }, { link: { href: 'https://example.org/', title: null } }]

/** Edits one document; may turn out to change nothing. */
export function randomEdit(doc: Y.Doc, random: Random): void {
  const body = doc.getXmlFragment(BODY)
  const chance = random.below(100)
  if (body.length === 0 || chance < 8) body.insert(random.below(body.length + 1), [newBlock(random.pick(WORDS))])
  else if (chance < 12) body.delete(random.below(body.length), 1)
  else if (chance < 16) doc.getMap(FACTS).set('title', random.pick(WORDS))
  else if (chance < 22) writeShape(doc, randomShape(random))
  else editBlock(body, random)
}

function editBlock(body: Y.XmlFragment, random: Random): void {
  const index = random.below(body.length)
  const block = body.get(index)
  if (!(block instanceof Y.XmlElement)) return
  const chance = random.below(100)
  if (chance < 8) block.setAttribute('kind', random.pick(BLOCK_KINDS))
  else if (chance < 12) block.removeAttribute('kind')
  else if (chance < 16) block.setAttribute('depth', random.below(4) as never)
  const run = block.length === 0 ? null : block.get(random.below(block.length))
  if (!(run instanceof Y.XmlText)) {
    block.insert(0, [new Y.XmlText(random.pick(WORDS))])
    return
  }
  const at = random.below(run.length + 1)
  const length = random.below(run.length - at + 1)
  if (chance < 60) run.insert(at, random.pick(WORDS))
  else if (chance < 80 && length > 0) run.delete(at, length)
  else if (chance < 92 && length > 0) run.format(at, length, random.pick(MARKS))
  else {
    // Enter in the middle of a paragraph: what follows goes into a block of its own.
    const tail = newBlock('')
    if (length > 0) run.delete(at, length)
    body.insert(index + 1, [tail])
  }
}

function newBlock(text: string): Y.XmlElement {
  const block = new Y.XmlElement('block')
  block.insert(0, [new Y.XmlText(text)])
  return block
}

function randomShape(random: Random) {
  const [shape] = fc.sample(arbitraryShape, { seed: random.below(2 ** 31), numRuns: 1 })
  if (shape === undefined) throw new Error('fast-check gave no sample.')
  return shape
}
