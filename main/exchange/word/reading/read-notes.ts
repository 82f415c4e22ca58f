/** The footnotes and endnotes of a Word file, by the numbers under which the text refers to them. */
import type { Relationship, WordPackage } from '../package/word-package.ts'
import { elementsOf, type XmlElement } from '../package/xml-tree.ts'

export type NoteKind = 'footnote' | 'endnote'

export interface WordNote {
  readonly element: XmlElement
  /** What its words refer to. */
  readonly relationships: ReadonlyMap<string, Relationship>
}

export class WordNotes {
  readonly #notes = new Map<string, WordNote>()

  constructor(file: WordPackage, relationships: ReadonlyMap<string, Relationship>) {
    for (const { type, target, external } of relationships.values()) {
      if (external || (type !== 'footnotes' && type !== 'endnotes')) continue
      const own = file.relationships(target)
      for (const element of elementsOf(file.xml(target) ?? undefined)) {
        const id = element.attributes['w:id']
        if (id !== undefined) this.#notes.set(`${type.slice(0, -1)} ${id}`, { element, relationships: own })
      }
    }
  }

  /** Null for one that is not there. */
  find(kind: NoteKind, id: string): WordNote | null {
    return this.#notes.get(`${kind} ${id}`) ?? null
  }
}
