/** How a Word file of ours looks: styles for every kind of block, so that changing one in Word changes all of its kind. */
import {
  AlignmentType,
  BorderStyle,
  type ICharacterStyleOptions,
  type IParagraphStyleOptions,
  type IStylesOptions,
  LineRuleType,
  ShadingType,
} from 'docx'
import { type Tone, TONES } from '../../../../shared/document/block-kinds.ts'
import { CALLOUT_STYLES, STEP, STYLES, WORD_STYLES } from '../word-names.ts'

const INK = '1C1B19'
const QUIET = '6A655C'
const LINE = 'C9C5BD'
const PAPER = 'F4F2EE'
const TEXT_FACE = 'Cambria'
const HEADING_FACE = 'Calibri'
const CODE_FACE = 'Consolas'

const TONE_COLOURS: Readonly<Record<Tone, { readonly line: string; readonly fill: string }>> = {
  note: { line: '5B7FB5', fill: 'EEF2F8' },
  tip: { line: '4C8A5B', fill: 'EAF4EC' },
  important: { line: '7F63B8', fill: 'F2EEF9' },
  warning: { line: 'B98218', fill: 'FBF3E2' },
  caution: { line: 'B9483F', fill: 'FAECEB' },
}

/** Sizes in half points, distances in twentieths of a point. */
const HEADING_SIZES = [34, 29, 26, 24, 22, 22] as const

function heading(level: number) {
  return {
    run: { font: HEADING_FACE, size: HEADING_SIZES[level - 1] ?? 22, bold: true, italics: level > 5, color: INK },
    paragraph: {
      spacing: { before: level < 3 ? 360 : 280, after: 100, line: 264, lineRule: LineRuleType.AUTO },
      keepNext: true,
      keepLines: true,
      outlineLevel: level - 1,
    },
  }
}

const shade = (fill: string) => ({ type: ShadingType.CLEAR, color: 'auto', fill })
const edge = (color: string, size: number, space: number) => ({ style: BorderStyle.SINGLE, color, size, space })

const PARAGRAPHS: readonly IParagraphStyleOptions[] = [
  {
    id: STYLES.quote,
    name: 'Quote',
    run: { italics: true, color: '3D3A35' },
    paragraph: { indent: { left: 284, right: 284 }, border: { left: edge(LINE, 18, 10) } },
  },
  ...TONES.map((tone) => ({
    id: CALLOUT_STYLES[tone],
    name: `Callout ${tone.charAt(0).toUpperCase()}${tone.slice(1)}`,
    paragraph: {
      indent: { left: 170, right: 170 },
      shading: shade(TONE_COLOURS[tone].fill),
      // Above and below it is paper of the same colour, so that the words have room; Word makes one box of several.
      border: {
        top: edge(TONE_COLOURS[tone].fill, 4, 4),
        bottom: edge(TONE_COLOURS[tone].fill, 4, 4),
        left: edge(TONE_COLOURS[tone].line, 24, 8),
      },
    },
  })),
  {
    id: STYLES.code,
    name: 'Code Block',
    run: { font: CODE_FACE, size: 19, noProof: true },
    paragraph: {
      alignment: AlignmentType.LEFT,
      spacing: { line: 260, lineRule: LineRuleType.AUTO, before: 80, after: 200 },
      shading: shade(PAPER),
      border: { top: edge(PAPER, 4, 5), bottom: edge(PAPER, 4, 5), left: edge(PAPER, 4, 5), right: edge(PAPER, 4, 5) },
      indent: { left: 110, right: 110 },
    },
  },
  {
    id: STYLES.divider,
    name: 'Horizontal Line',
    run: { size: 8 },
    paragraph: {
      border: { bottom: edge(LINE, 6, 1) },
      spacing: { before: 200, after: 280, line: 240, lineRule: LineRuleType.AUTO },
    },
  },
  {
    id: STYLES.formula,
    name: 'Formula',
    run: { noProof: true },
    paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 120, after: 240 } },
  },
  {
    id: STYLES.picture,
    name: 'Picture',
    paragraph: { keepNext: true, spacing: { before: 240, after: 100, line: 240, lineRule: LineRuleType.AUTO } },
  },
  {
    id: STYLES.cell,
    name: 'Table Text',
    run: { size: 21 },
    paragraph: { spacing: { before: 40, after: 40, line: 264, lineRule: LineRuleType.AUTO } },
  },
  { id: STYLES.headerCell, name: 'Table Heading', basedOn: STYLES.cell, run: { bold: true, font: HEADING_FACE } },
  {
    id: STYLES.gap,
    name: 'Table Gap',
    run: { size: 8 },
    paragraph: { spacing: { before: 0, after: 120, line: 120, lineRule: LineRuleType.AUTO } },
  },
].map((style) => ({
  basedOn: 'Normal',
  next: style.id === STYLES.divider ? 'Normal' : undefined,
  quickFormat: true,
  ...style,
})) as IParagraphStyleOptions[]

const WORDS: readonly ICharacterStyleOptions[] = [
  {
    id: WORD_STYLES.code,
    name: 'Inline Code',
    quickFormat: true,
    run: { font: CODE_FACE, size: 20, noProof: true, shading: shade(PAPER) },
  },
  {
    id: WORD_STYLES.formula,
    name: 'Formula Source',
    quickFormat: true,
    run: { font: CODE_FACE, size: 20, noProof: true, color: QUIET },
  },
]

/** `language` is that of the whole document; without it the file says none. */
export function wordStyles(language: string | undefined): IStylesOptions {
  return {
    default: {
      document: {
        run: {
          font: TEXT_FACE,
          size: 23,
          color: INK,
          ...(language === undefined ? {} : { language: languageOf(language) }),
        },
        paragraph: { spacing: { after: 160, line: 300, lineRule: LineRuleType.AUTO } },
      },
      title: {
        run: { font: HEADING_FACE, size: 52, bold: true, color: INK },
        paragraph: { spacing: { after: 360, line: 264, lineRule: LineRuleType.AUTO }, keepNext: true },
      },
      heading1: heading(1),
      heading2: heading(2),
      heading3: heading(3),
      heading4: heading(4),
      heading5: heading(5),
      heading6: heading(6),
      listParagraph: { paragraph: { spacing: { after: 80 } } },
      caption: {
        run: { size: 19, color: QUIET },
        paragraph: { spacing: { after: 280, line: 264, lineRule: LineRuleType.AUTO } },
      },
      footnoteText: {
        run: { size: 19 },
        paragraph: { spacing: { after: 60, line: 252, lineRule: LineRuleType.AUTO } },
      },
    },
    paragraphStyles: [...PARAGRAPHS],
    characterStyles: [...WORDS],
  }
}

/** Word keeps a language for each family of scripts. */
export function languageOf(tag: string) {
  const script = new Intl.Locale(tag).maximize().script ?? ''
  const isEastAsian = ['Hans', 'Hant', 'Jpan', 'Kore'].includes(script)
  return {
    value: tag,
    ...(isEastAsian ? { eastAsia: tag } : {}),
    ...(['Arab', 'Hebr', 'Syrc', 'Thaa'].includes(script) ? { bidirectional: tag } : {}),
  }
}

export const LIST_INDENT = (level: number) => ({ left: STEP * (level + 1), hanging: STEP })
