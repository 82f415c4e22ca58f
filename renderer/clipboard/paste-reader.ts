/**
 * What is being pasted or dropped, read into blocks of the document. The view asks in two steps, for plainer HTML and then for
 * nodes out of that; everything is read in the first, and the second only hands it over.
 */
import { DOMParser, Fragment, type ResolvedPos, type Schema, Slice } from 'prosemirror-model'
import { isVerbatim } from '../../shared/document/block-kinds.ts'
import type { NodeShape } from '../../shared/document/document-shape.ts'
import type { Element } from '../../shared/document/html/html-elements.ts'
import { treeToShape } from '../../shared/document/html/html-to-shape.ts'
import { markdownToShape } from '../../shared/document/markdown/markdown-to-shape.ts'
import { textToShape } from '../../shared/document/text-to-shape.ts'
import { SheafError } from '../../shared/errors.ts'
import { isBlock, kindOf } from '../editor/blocks.ts'
import { t } from '../strings/t.ts'
import { awaitedName } from './awaited-pictures.ts'
import { cleanHtml } from './clean-html.ts'
import { LongPaste } from './long-paste.ts'
import { isMarkdown } from './markdown-signs.ts'
import { nodesOf, sliceOf } from './page-shapes.ts'

export interface PasteReading {
  readonly from: 'html' | 'text'
  /** The HTML itself, or ''. */
  readonly html: string
  readonly shapes: readonly NodeShape[]
  /** Addresses of pictures whose bytes came along, in the order of their awaited names. */
  readonly pictures: readonly string[]
  /** How many pictures were neither in what was pasted nor anywhere on the web. */
  readonly lostPictures: number
  /** The blocks that the text means if it is Markdown; null when it is not, and when plain text was asked for. */
  readonly markdown: readonly NodeShape[] | null
  /** Why the HTML could not be read: one sentence. */
  readonly refusal: string | null
}

/** ProseMirror's note of how a copied piece was cut: it says whether its first and last block are whole. */
const CUT = /\sdata-pm-slice="(\d+ \d+(?: -\d+)? \[\])"/

export class PasteReader extends DOMParser {
  #reading: PasteReading | null = null

  constructor(schema: Schema) {
    super(schema, [])
  }

  /** What was read since it was taken last. */
  take(): PasteReading | null {
    const reading = this.#reading
    this.#reading = null
    return reading
  }

  /** For the view's `transformPastedHTML`. */
  readonly readHtml = (html: string): string => {
    this.#reading = LongPaste.isLong(html) ? { ...NOTHING, html } : readHtml(html)
    const cut = CUT.exec(html)?.[1]
    return cut === undefined ? '<div></div>' : `<div data-pm-slice="${cut}"></div>`
  }

  /** For the view's `clipboardParser`: what `readHtml` has read. */
  override parseSlice(): Slice {
    return sliceOf(this.schema, this.#reading?.shapes ?? [])
  }

  /** For the view's `clipboardTextParser`. */
  readonly readText = (text: string, $context: ResolvedPos, plain: boolean): Slice => {
    const lines = text.replace(/\r\n?/g, '\n')
    const { schema } = this
    if (isBlock($context.parent) && isVerbatim(kindOf($context.parent))) {
      return lines === '' ? Slice.empty : new Slice(Fragment.from(schema.text(lines)), 0, 0)
    }
    const shapes = textToShape(lines).content
    const markdown = !plain && isMarkdown(lines) ? markdownToShape(lines, { isPiece: true }).shape.content : null
    this.#reading = { ...NOTHING, from: 'text', shapes, markdown }
    const marks = $context.marks()
    const nodes = nodesOf(schema, shapes).map((block) =>
      block.copy(Fragment.fromArray(block.children.map((child) => (child.isText ? child.mark(marks) : child)))),
    )
    return Slice.maxOpen(Fragment.fromArray(nodes))
  }
}

const NOTHING: PasteReading = {
  from: 'html',
  html: '',
  shapes: [],
  pictures: [],
  lostPictures: 0,
  markdown: null,
  refusal: null,
}

function readHtml(html: string): PasteReading {
  const steps = new HtmlSteps(html)
  steps.clean()
  steps.read()
  return steps.reading
}

/** HTML read in two steps, each as long as the other. */
export class HtmlSteps {
  readonly #html: string
  #page: Element | null = null
  #reading: PasteReading

  constructor(html: string) {
    this.#html = html
    this.#reading = { ...NOTHING, html }
  }

  /** What was read, once both steps are taken. */
  get reading(): PasteReading {
    return this.#reading
  }

  clean(): void {
    try {
      this.#page = cleanHtml(this.#html)
    } catch (error) {
      if (!(error instanceof SheafError)) throw error
      this.#reading = { ...this.#reading, refusal: error.message }
    }
  }

  read(): void {
    if (this.#page === null) return
    const pictures: string[] = []
    const { shape, lostPictures } = treeToShape(this.#page, {
      isPiece: true,
      pictureWord: t('paste.picture'),
      keepPicture: (address) => awaitedName(pictures.push(address) - 1),
    })
    this.#reading = { ...this.#reading, shapes: shape.content, pictures, lostPictures }
  }
}
