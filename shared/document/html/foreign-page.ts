/** A page of another program, made plainer before it is read: each program's own way to say something becomes HTML's. */
import { dropNoise } from './drop-noise.ts'
import type { Element } from './html-elements.ts'
import { gatherItems } from './list-paragraphs.ts'
import { pairNotes } from './note-pairs.ts'
import { gatherCode } from './styled-code.ts'

/** Changes the tree. */
export function tidyForeignPage(page: Element): void {
  dropNoise(page)
  gatherCode(page)
  gatherItems(page)
  pairNotes(page)
}
