/** One document on its way to paper, as the hidden window asks for it: a page, the style of its paper, its pictures. */
import type { Picture } from '../../main/exchange/convert-document.ts'
import type { PrintedArticle } from '../../main/exchange/printed-article.ts'
import { escapeHtml } from '../../shared/document/escape-html.ts'
import { type Paper, paperEdges, PAPER_MEASURES } from '../../shared/exchange/paper.ts'
import type { TextFace } from '../../shared/ipc/contract.ts'

export interface PrintPage {
  readonly article: PrintedArticle
  readonly paper: Paper
  readonly face: TextFace
  /** What an untitled document is called, and the language of one that does not say. */
  readonly untitled: string
  readonly language: string
  /** Whether the style itself sets title and number in the margins: for the system's print dialog, which has no templates. */
  readonly marginBoxes: boolean
  picture(name: string): Picture | null
}

/** Address of the paper's own style, beside the page. */
export const PAPER_STYLE = 'paper.css'

/** Where the built frame has the place for the document. */
const PLACE = '<main></main>'

/** The whole page: the built frame, which brings faces and style, with the document in it. */
export function printHtml(frame: string, { article, face, untitled, language }: PrintPage): string {
  const title = escapeHtml(article.title === '' ? untitled : article.title)
  const tag = escapeHtml(article.language ?? language)
  return frame
    .replace(/<html[^>]*>/, () => `<html lang="${tag}" data-text-face="${face}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${title}</title>`)
    .replace('</head>', () => `<link rel="stylesheet" href="./${PAPER_STYLE}">\n</head>`)
    .replace(PLACE, () => `<main>${article.html}</main>`)
}

/** The style of the paper: its size and margins, and what stands in them when nothing else puts it there. */
export function paperStyle({ paper, article, marginBoxes }: PrintPage): string {
  const [width, height] = PAPER_MEASURES[paper.size]
  const { block, inline } = paperEdges(paper)
  const letters = paper.size === 'a5' ? '9.5pt' : '11pt'
  const title = paper.header ? `@top-center { content: ${cssString(article.title)}; }` : ''
  const number = paper.footer ? '@bottom-center { content: counter(page); }' : ''
  const boxes = marginBoxes ? ` font: 8.5pt sans-serif; color: #6a655c; ${title} ${number}` : ''
  return [
    `@page { size: ${width}mm ${height}mm; margin: ${block}mm ${inline}mm;${boxes} }`,
    `:root { --letters: ${letters}; }`,
    ...widthRules(article.html),
    '',
  ].join('\n')
}

/** The widths that this document gives pictures and columns: the policy lets no attribute say them. */
function widthRules(html: string): string[] {
  const widths = new Set([...html.matchAll(/ data-width="([0-9]+)"/g)].map(([, width = '']) => width))
  return [...widths].map(
    (width) =>
      `figure[data-width="${width}"] > img { width: ${width}%; } :is(td, th)[data-width="${width}"] { width: ${width}px; }`,
  )
}

/** Templates of Chromium's for what stands above and below each page; an empty element where nothing shall stand. */
export function marginTemplates({ paper }: PrintPage): { headerTemplate: string; footerTemplate: string } {
  const { block, inline } = paperEdges(paper)
  // Chromium begins 4 mm from the edge.
  const off = Math.round(block / 2) - 6
  const line = (content: string) =>
    `<div dir="auto" style="width: 100%; margin: ${off}mm ${inline}mm; text-align: center; overflow: hidden; ` +
    `white-space: nowrap; text-overflow: ellipsis; font: 8.5pt Georgia, serif; color: #6a655c;">${content}</div>`
  return {
    headerTemplate: paper.header ? line('<span class="title"></span>') : '<span></span>',
    footerTemplate: paper.footer ? line('<span class="pageNumber"></span>') : '<span></span>',
  }
}

/** Text as a string of CSS: every character that could end it, or the line, by its number. */
function cssString(text: string): string {
  return `"${text.replace(/["\\<\p{Cc}]/gu, (character) => `\\${character.codePointAt(0)?.toString(16) ?? ''} `)}"`
}
