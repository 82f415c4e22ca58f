/** The numbering of a Word file's lists: one definition for all bullets, one for all tasks, and one for each ordered list. */
import { AlignmentType, type ILevelsOptions, type INumberingOptions, LevelFormat, LevelSuffix } from 'docx'
import { MAX_DEPTH } from '../../../../shared/document/block-kinds.ts'
import { LIST_INDENT } from './word-styles.ts'

const BULLETS = ['•', '◦', '▪'] as const
const FORMATS = [LevelFormat.DECIMAL, LevelFormat.LOWER_LETTER, LevelFormat.LOWER_ROMAN] as const

export const BULLET_LIST = 'bullets'
export const TASK_LIST = 'tasks'

/** Gives out the names of ordered lists, and defines what they are in the end. */
export class WordLists {
  readonly #ordered: { readonly depth: number; readonly start: number }[] = []

  /** A new ordered list whose items at `depth` begin with `start`. */
  begin(depth: number, start: number): string {
    return `ordered-${this.#ordered.push({ depth, start })}`
  }

  numbering(): INumberingOptions {
    return {
      config: [
        {
          reference: BULLET_LIST,
          levels: levels((level) => ({ format: LevelFormat.BULLET, text: pick(BULLETS, level) })),
        },
        {
          reference: TASK_LIST,
          // The box stands in the line, where it can be ticked.
          levels: levels(() => ({ format: LevelFormat.NONE, text: '', suffix: LevelSuffix.NOTHING })),
        },
        ...this.#ordered.map(({ depth, start }, index) => ({
          reference: `ordered-${index + 1}`,
          levels: levels((level) => ({
            format: pick(FORMATS, level),
            text: `%${level + 1}.`,
            start: level === depth ? start : 1,
          })),
        })),
      ],
    }
  }
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T
}

function levels(
  look: (level: number) => Pick<ILevelsOptions, 'format' | 'text' | 'start' | 'suffix'>,
): ILevelsOptions[] {
  return Array.from({ length: MAX_DEPTH + 1 }, (_, level) => ({
    level,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: LIST_INDENT(level) } },
    ...look(level),
  }))
}
