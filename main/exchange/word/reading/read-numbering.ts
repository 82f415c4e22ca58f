/** The lists of a Word file: what each level shows, and the number Word gives an item. */
import { listStart } from '../../../../shared/document/block-kinds.ts'
import { elementsOf, valueOf, within, type XmlElement } from '../package/xml-tree.ts'

export interface ListLevel {
  readonly format: string
  /** Its bullet, or the pattern of its number. */
  readonly text: string
  readonly start: number
  /** Where its words begin, in twentieths of a point. */
  readonly left: number | null
}

interface Numbering {
  readonly definition: string
  readonly overrides: ReadonlyMap<number, number>
}

const PLAIN: ListLevel = { format: 'decimal', text: '%1.', start: 1, left: null }

export class WordNumbering {
  readonly #definitions = new Map<string, Map<number, ListLevel>>()
  readonly #numberings = new Map<string, Numbering>()
  /** Running numbers of a definition's levels. */
  readonly #counters = new Map<string, (number | undefined)[]>()
  readonly #begun = new Set<string>()

  constructor(part: XmlElement | null) {
    for (const element of elementsOf(part ?? undefined)) {
      if (element.name === 'w:abstractNum') {
        this.#definitions.set(element.attributes['w:abstractNumId'] ?? '', levelsOf(element))
      } else if (element.name === 'w:num') {
        const overrides = new Map<number, number>()
        for (const override of elementsOf(element).filter((child) => child.name === 'w:lvlOverride')) {
          const start = valueOf(within(override, 'w:startOverride'))
          if (start !== null) overrides.set(Number(override.attributes['w:ilvl'] ?? 0), startOf(start))
        }
        this.#numberings.set(element.attributes['w:numId'] ?? '', {
          definition: valueOf(within(element, 'w:abstractNumId')) ?? '',
          overrides,
        })
      }
    }
  }

  /** Null for a list that is not defined, as number 0 is, which takes a paragraph out of its list. */
  level(id: string, level: number): ListLevel | null {
    const numbering = this.#numberings.get(id)
    return numbering === undefined ? null : (this.#definitions.get(numbering.definition)?.get(level) ?? PLAIN)
  }

  /** Counts an item and answers its number. Asked once for each item, in the order of the document. */
  count(id: string, level: number): number {
    const numbering = this.#numberings.get(id)
    if (numbering === undefined) return 1
    const counters = this.#counters.get(numbering.definition) ?? []
    this.#counters.set(numbering.definition, counters)
    const key = `${id} ${level}`
    const override = numbering.overrides.get(level)
    const start = override ?? this.level(id, level)?.start ?? 1
    const begins = override !== undefined && !this.#begun.has(key)
    this.#begun.add(key)
    const last = counters[level]
    const number = begins || last === undefined ? start : last + 1
    counters[level] = number
    counters.length = level + 1
    return number
  }
}

function levelsOf(definition: XmlElement): Map<number, ListLevel> {
  const levels = new Map<number, ListLevel>()
  for (const level of elementsOf(definition).filter((child) => child.name === 'w:lvl')) {
    const indent = within(level, 'w:pPr', 'w:ind')?.attributes
    const left = indent?.['w:left'] ?? indent?.['w:start']
    levels.set(Number(level.attributes['w:ilvl'] ?? 0), {
      format: valueOf(within(level, 'w:numFmt')) ?? 'decimal',
      text: valueOf(within(level, 'w:lvlText')) ?? '',
      start: startOf(valueOf(within(level, 'w:start'))),
      left: left === undefined ? null : Number(left),
    })
  }
  return levels
}

function startOf(value: string | null): number {
  return listStart(Number(value ?? 1)) ?? 1
}
