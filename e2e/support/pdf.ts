/** PDF files as poppler reads them: their facts, their text, their pages as pictures. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

/** Why these tests can't run here, with the command that helps; '' when they can. */
export function withoutPoppler(): string {
  return spawnSync('pdftotext', ['-v']).error === undefined
    ? ''
    : 'poppler is missing: run "sudo apt-get install -y --no-install-recommends poppler-utils" (or "brew install poppler")'
}

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
}

/** What stands behind the name of a fact, such as Title or Pages. */
export function pdfFacts(file: string): Readonly<Record<string, string>> {
  const facts = run('pdfinfo', file).matchAll(/^([^:]+):\s*(.*)$/gm)
  return Object.fromEntries([...facts].map(([, name = '', value = '']) => [name, value]))
}

/** The text of each page, its lines as they stand. */
export function pdfPages(file: string): string[] {
  return run('pdftotext', '-layout', file, '-').split('\f').slice(0, -1)
}

/** The tree of tags that a screen reader goes by. */
export function pdfStructure(file: string): string {
  return run('pdfinfo', '-struct-text', file)
}

/** A page as grey values, one byte a pixel. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Reads a binary PGM, which is what `pdftoppm -gray` writes. */
export function readGrey(bytes: Uint8Array): GreyPicture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 40)).toString('latin1'))
  if (head === null) throw new Error('This is not a grey picture')
  return { width: Number(head[1]), height: Number(head[2]), pixels: bytes.subarray(head[0].length) }
}

/** Pages as grey pictures of so many dots an inch. */
export function pdfPictures(file: string, resolution: number): GreyPicture[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'sheaf-pages-'))
  try {
    run('pdftoppm', '-gray', '-r', String(resolution), file, path.join(folder, 'page'))
    const names = readdirSync(folder).sort()
    return names.map((name) => readGrey(new Uint8Array(readFileSync(path.join(folder, name)))))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes pages as PNG files `PREFIX-1.png` for people to look at. */
export function drawPages(file: string, prefix: string, resolution = 80, last = 4): void {
  run('pdftoppm', '-png', '-r', String(resolution), '-l', String(last), file, prefix)
}

/** The titles of the outline, in their order, whatever their depth. */
export function pdfOutline(file: string): string[] {
  // Skia writes each entry as an object of its own, uncompressed.
  const entries = new Map<string, { title: string; first: string; next: string }>()
  const pdf = readFileSync(file, 'latin1')
  for (const [, id = '', title = '', rest = ''] of pdf.matchAll(
    /(\d+) 0 obj\s*<<\/Title \(((?:[^()\\]|\\.)*)\)([^]*?)endobj/g,
  )) {
    const reference = (name: string) => new RegExp(`/${name} (\\d+) 0 R`).exec(rest)?.[1] ?? ''
    entries.set(id, { title, first: reference('First'), next: reference('Next') })
  }
  const titles: string[] = []
  const walk = (id: string): void => {
    const entry = entries.get(id)
    if (entry === undefined) return
    titles.push(entry.title)
    walk(entry.first)
    walk(entry.next)
  }
  walk(/\/Type \/Outlines\s*\/First (\d+) 0 R/.exec(pdf)?.[1] ?? '')
  return titles
}

/** Dots an inch of golden pages: lines and columns show, the hinting of letters does not. */
const GOLDEN_RESOLUTION = 24
const GOLDEN = path.resolve(import.meta.dirname, '../golden')

/**
 * How the pages differ from those that a person looked at and kept in `golden/NAME.pages.gz`, or '' when they do not.
 * Faces come with the app, so only rounding may differ: a dot by a little, a few of them by more.
 */
export function goldenPages(name: string, file: string, renew: boolean): string {
  const pictures = pdfPictures(file, GOLDEN_RESOLUTION)
  const golden = path.join(GOLDEN, `${name}.pages.gz`)
  if (renew || !existsSync(golden)) {
    const head = pictures.map(({ width, height }) => `${width} ${height}`).join(',')
    writeFileSync(golden, gzipSync(Buffer.concat([Buffer.from(`${head}\n`), ...pictures.map(({ pixels }) => pixels)])))
    return renew ? '' : `${golden} was not there and is written now: look at the pages, then keep it`
  }
  const kept = readGolden(gunzipSync(readFileSync(golden)))
  if (kept.length !== pictures.length) return `${pictures.length} pages instead of ${kept.length}`
  return pictures.map((picture, page) => difference(picture, kept[page], page + 1)).join('')
}

function readGolden(bytes: Uint8Array): GreyPicture[] {
  const end = bytes.indexOf(10)
  let from = end + 1
  return Buffer.from(bytes.subarray(0, end))
    .toString()
    .split(',')
    .map((size) => {
      const [width = 0, height = 0] = size.split(' ').map(Number)
      const pixels = bytes.subarray(from, from + width * height)
      from += width * height
      return { width, height, pixels }
    })
}

function difference(picture: GreyPicture, kept: GreyPicture | undefined, page: number): string {
  if (kept === undefined || kept.width !== picture.width || kept.height !== picture.height)
    return `page ${page} has another size. `
  let changed = 0
  for (const [at, grey] of picture.pixels.entries()) if (Math.abs(grey - (kept.pixels[at] ?? 0)) > 48) changed += 1
  const share = changed / picture.pixels.length
  return share < 0.01 ? '' : `page ${page}: ${(100 * share).toFixed(1)} of 100 dots differ. `
}
