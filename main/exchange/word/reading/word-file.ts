/** What is known of a Word file before its body is read. */
import type { Losses } from '../../../../shared/document/losses.ts'
import type { Relationship, WordPackage } from '../package/word-package.ts'
import type { KeptPictures } from './kept-pictures.ts'
import type { WordNotes } from './read-notes.ts'
import type { WordNumbering } from './read-numbering.ts'
import type { WordStyles } from './read-styles.ts'

export interface WordFile {
  readonly file: WordPackage
  /** What the part that holds the body refers to. */
  readonly relationships: ReadonlyMap<string, Relationship>
  readonly styles: WordStyles
  readonly numbering: WordNumbering
  readonly notes: WordNotes
  readonly losses: Losses
  /** Whether Sheaf wrote the file: then nothing has to be guessed. */
  readonly isOwn: boolean
  readonly pictures: KeptPictures
  /** The width of the column of text in pixels. */
  readonly column: number
}
