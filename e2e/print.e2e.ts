/** Documents on paper: the PDF that the app makes, as poppler reads and draws it, and what goes to the print dialog. */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { body, library, title } from './support/page.ts'
import { drawPages, goldenPages, pdfFacts, pdfOutline, pdfPages, pdfStructure, withoutPoppler } from './support/pdf.ts'
import { call } from './support/bridge.ts'
import { answerDialogs, clickMenu, documentCalled } from './support/system-dialogs.ts'

const PAPER = path.join(import.meta.dirname, 'fixtures', 'paper.md')
const A4 = { size: 'a4', margins: 'normal', header: true, footer: true }
const PICTURES = path.join('out', 'screenshots')

test.skip(withoutPoppler() !== '', withoutPoppler())

/** Brings a text file in and shows it. Answers the document's id. */
async function bringIn(electron: ElectronApplication, page: Page, file: string, heading: string): Promise<string> {
  await library(page).waitFor()
  // What a document can't hold of the file is said first.
  const done = page.getByRole('dialog', { name: 'Import' }).getByRole('button', { name: 'Done' })
  await page.addLocatorHandler(done, () => done.click())
  await answerDialogs(electron, { files: [file] })
  await clickMenu(electron, 'File', 'Import…')
  await expect(title(page)).toHaveValue(heading, { timeout: 30_000 })
  return await documentCalled(page, heading)
}

async function makePdf(
  electron: ElectronApplication,
  page: Page,
  documentId: string,
  file: string,
  paper: Partial<typeof A4> = {},
) {
  await answerDialogs(electron, { file })
  const choice = { format: 'pdf', paper: { ...A4, ...paper } }
  expect(await call(page, 'document.export', documentId, choice, 1)).toEqual({ ok: true, value: path.basename(file) })
}

test('PRINT-1: a document becomes a PDF with all it says, its outline, tags, title and language', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  const documentId = await bringIn(electron, page, PAPER, 'The gauge at Alder Bridge')
  const file = path.join(profile.folder, 'gauge.pdf')
  // The window is dark; paper is not.
  await call(page, 'settings.set', { theme: 'dark' })
  await makePdf(electron, page, documentId, file)
  await mkdir(PICTURES, { recursive: true })
  drawPages(file, path.join(PICTURES, 'paper'))
  expect(pdfFacts(file)).toMatchObject({
    Title: 'The gauge at Alder Bridge',
    Tagged: 'yes',
    Pages: '2',
    JavaScript: 'no',
  })
  expect(pdfFacts(file)['Page size']).toContain('A4')
  expect(pdfOutline(file)).toEqual([
    'The gauge at Alder Bridge',
    'What was read',
    'The heights of one winter',
    'How it ended',
    'Where the books are now',
    'Where the books are now, continued',
  ])
  expect(pdfStructure(file)).toMatch(/\bTable\b[^]*\bTH\b[^]*\bTD\b/)
  const pages = pdfPages(file)
  const all = pages.join('\n')
  for (const words of [
    'by whoever lived in the toll house',
    'fog, which was written very large',
    'Nobody reads alone after dark',
    'const read = heights.filter',
    'The first book begins on 1 March 1898',
  ])
    expect(all.replace(/\s+/g, ' ')).toContain(words)
  expect(all).toMatch(/January +203 +101 +19/)
  // Formulas are drawn.
  expect(all).toMatch(/h\s*=\s*h\s*0\s*\+\s*2\.03/)
  expect(all).not.toContain('h_0')
  // Nothing of the window is on the paper.
  for (const word of ['Search documents', 'Saved', 'All documents', 'Welcome']) expect(all).not.toContain(word)
  expect(goldenPages('gauge', file, test.info().config.updateSnapshots !== 'missing')).toBe('')
})

test('PRINT-2: the title stands above and the number below each page, unless they are switched off', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  const documentId = await bringIn(electron, page, PAPER, 'The gauge at Alder Bridge')
  const file = path.join(profile.folder, 'gauge.pdf')
  await makePdf(electron, page, documentId, file)
  const lines = (text: string | undefined) =>
    (text ?? '')
      .trim()
      .split('\n')
      .map((line) => line.trim())
  for (const [index, text] of pdfPages(file).entries()) {
    expect(lines(text)[0]).toBe('The gauge at Alder Bridge')
    expect(lines(text).at(-1)).toBe(String(index + 1))
  }
  await makePdf(electron, page, documentId, file, { header: false, footer: false })
  const [, second] = pdfPages(file)
  expect(lines(second)[0]).not.toBe('The gauge at Alder Bridge')
  expect(lines(second).at(-1)).not.toMatch(/^\d+$/)
})

test('PRINT-3: paper has the size and margins that were chosen', async ({ start, profile }) => {
  const { electron, page } = await start()
  const documentId = await bringIn(electron, page, PAPER, 'The gauge at Alder Bridge')
  const file = path.join(profile.folder, 'gauge.pdf')
  const pages: Record<string, number> = {}
  for (const [size, points] of [
    ['letter', '612 x 792'],
    ['a5', '420 x 594'],
    ['legal', '612 x 1008'],
  ] as const) {
    await makePdf(electron, page, documentId, file, { size, margins: size === 'a5' ? 'narrow' : 'wide' })
    expect(pdfFacts(file)['Page size']).toContain(points)
    pages[size] = Number(pdfFacts(file)['Pages'])
    drawPages(file, path.join(PICTURES, `paper-${size}`))
  }
  expect(pages['a5']).toBeGreaterThan(pages['legal'] ?? 0)
})

test('PRINT-4: no heading stands alone at the foot of a page, and neither rows nor code are torn', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  const rows = Array.from({ length: 60 }, (_, row) => `| row ${row} begins | row ${row} ends |`).join('\n')
  const parts = Array.from({ length: 40 }, (_, at) => {
    const prose = `Words of part ${at}. `.repeat(3 + ((at * 7) % 11))
    return `## Heading ${at}\n\n${prose}\n\n\`\`\`\ncode ${at} begins\n${'x\n'.repeat(at % 9)}code ${at} ends\n\`\`\`\n`
  })
  const file = path.join(profile.folder, 'Breaks.md')
  await writeFile(file, `# Breaks\n\n${parts.join('\n')}\n| begins | ends |\n| --- | --- |\n${rows}\n`)
  const documentId = await bringIn(electron, page, file, 'Breaks')
  const pdf = path.join(profile.folder, 'breaks.pdf')
  await makePdf(electron, page, documentId, pdf, { header: false, footer: false })
  const pages = pdfPages(pdf)
  expect(pages.length).toBeGreaterThan(5)
  drawPages(pdf, path.join(PICTURES, 'breaks'), 40)
  let tablePages = 0
  for (const text of pages) {
    const lines = text.trim().split('\n')
    expect(lines.at(-1)).not.toMatch(/Heading \d+$/)
    const begun = [...text.matchAll(/(?:code|row) (\d+) begins/g)].map(([, number]) => number)
    expect([...text.matchAll(/(?:code|row) (\d+) ends/g)].map(([, number]) => number)).toEqual(begun)
    if (/row \d+ begins/.test(text)) {
      tablePages += 1
      // The names of the columns stand on each page the table reaches.
      expect(text).toMatch(/^ *begins +ends$/m)
    }
  }
  expect(tablePages).toBeGreaterThan(1)
})

test('PRINT-5: pictures, writing from right to left and every block of a long document are on paper', async ({
  start,
  profile,
}) => {
  test.setTimeout(120_000)
  const { electron, page } = await start()
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const words = 'The water stood high and nobody went down to the pier that day. '.repeat(4)
  const file = path.join(profile.folder, 'Long.html')
  const paragraphs = Array.from({ length: 1500 }, (_, at) => `<p>Paragraph number ${at}. ${words}</p>`).join('\n')
  await writeFile(
    file,
    `<h1>Long</h1><p dir="rtl">שלום עולם</p><figure><img alt="a dot" src="data:image/png;base64,${dot}"><figcaption>A dot</figcaption></figure>${paragraphs}`,
  )
  const documentId = await bringIn(electron, page, file, 'Long')
  const pdf = path.join(profile.folder, 'long.pdf')
  await makePdf(electron, page, documentId, pdf)
  const pages = pdfPages(pdf)
  const text = pages.join('\n')
  expect(new Set([...text.matchAll(/Paragraph number (\d+)\./g)].map(([, number]) => number)).size).toBe(1500)
  expect(pages[0]).toContain('A dot')
  expect(pages[0]).toMatch(/שלום|םולש/)
  expect(pages.at(-1)?.trim().endsWith(String(pages.length))).toBe(true)
  drawPages(pdf, path.join(PICTURES, 'long'), 40, 1)
})

test('PRINT-6: what a document says can neither run nor reach anything on its way to paper', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  const file = path.join(profile.folder, 'Hostile.md')
  const hostile = [
    '# </title><script>document.title = "ran"</script>',
    '<script>document.body.textContent = "ran"</script>',
    '<img src="https://example.org/pixel.png" onerror="document.title = \'ran\'">',
    '[click](javascript:alert(1))',
    '![far](https://example.org/far.png)',
  ]
  await writeFile(file, hostile.join('\n\n'))
  const heading = '</title><script>document.title = "ran"</script>'
  const documentId = await bringIn(electron, page, file, heading)
  await electron.evaluate(({ app, session }) => {
    const found: unknown[] = []
    const asked: string[] = []
    Object.assign(globalThis, { hiddenWindows: found, askedOutside: asked })
    const print = session.fromPartition('print')
    print.webRequest.onCompleted(({ url }) => void (url.startsWith('app://print/') || asked.push(url)))
    app.on('web-contents-created', (_event, contents) => {
      contents.on('did-finish-load', () => {
        const own = contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        const { javascript, sandbox, contextIsolation, nodeIntegration, preload } = own.getLastWebPreferences()
        found.push({
          address: contents.getURL().replace(/\d+/, 'N'),
          own: contents.session === print,
          kept: contents.session.isPersistent(),
          preferences: { javascript, sandbox, contextIsolation, nodeIntegration, preload: preload ?? null },
        })
      })
    })
  })
  const pdf = path.join(profile.folder, 'hostile.pdf')
  await makePdf(electron, page, documentId, pdf)
  expect(pdfFacts(pdf)['Title']).toBe(heading)
  expect(pdfPages(pdf).join()).toContain('document.body.textContent = "ran"')
  const { windows, outside, left } = await electron.evaluate(({ BrowserWindow }) => {
    const { hiddenWindows, askedOutside } = globalThis as unknown as { hiddenWindows: unknown; askedOutside: unknown }
    return { windows: hiddenWindows, outside: askedOutside, left: BrowserWindow.getAllWindows().length }
  })
  expect(windows).toEqual([
    {
      address: 'app://print/N/',
      own: true,
      kept: false,
      preferences: { javascript: false, sandbox: true, contextIsolation: true, nodeIntegration: false, preload: null },
    },
  ])
  expect(outside).toEqual([])
  // The hidden window is gone again.
  expect(left).toBe(1)
})

test('PRINT-7: printing hands the document, and no window, to the system’s dialog', async ({ start, profile }) => {
  const { electron, page } = await start()
  await bringIn(electron, page, PAPER, 'The gauge at Alder Bridge')
  await electron.evaluate(({ app }) => {
    const printed: string[] = []
    Object.assign(globalThis, { printed })
    app.on('web-contents-created', (_event, contents) => {
      contents.print = (options, done) => {
        contents
          .printToPDF({ preferCSSPageSize: true })
          .then((pdf) => {
            printed.push(
              `${contents.getURL()} ${String(options?.printBackground)} ${Buffer.from(pdf).toString('base64')}`,
            )
            done?.(true, '')
          })
          .catch((error: unknown) => done?.(false, String(error)))
      }
    })
  })
  await body(page).click()
  await page.keyboard.press('Control+p')
  const printed = () => electron.evaluate(() => (globalThis as unknown as { printed: string[] }).printed)
  await expect.poll(printed, { timeout: 20_000 }).toHaveLength(1)
  const [address = '', background, base64 = ''] = (await printed())[0]?.split(' ') ?? []
  expect([address.replace(/\d+/, 'N'), background]).toEqual(['app://print/N/', 'true'])
  const file = path.join(profile.folder, 'printed.pdf')
  await writeFile(file, Buffer.from(base64, 'base64'))
  expect(pdfPages(file).join()).toContain('Nobody reads alone after dark')
  expect(pdfPages(file).join()).not.toContain('Search documents')
  await expect(page.getByRole('status').filter({ hasText: 'Setting the pages' })).toHaveCount(0)
})

test('PRINT-8: a PDF that is cancelled leaves no file, and no hidden window', async ({ start, profile }) => {
  test.setTimeout(120_000)
  const { electron, page } = await start()
  const file = path.join(profile.folder, 'Novel.md')
  const paragraph = `${'The water stood high and nobody went down to the pier that day. '.repeat(8)}\n\n`
  await writeFile(file, `# Novel\n\n${paragraph.repeat(2000)}`)
  await bringIn(electron, page, file, 'Novel')
  await answerDialogs(electron, { file: path.join(profile.folder, 'novel.pdf') })
  await page.keyboard.press('Control+Shift+s')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.getByRole('button', { name: 'Export…' }).click()
  await expect(dialog.getByRole('progressbar')).toBeVisible({ timeout: 30_000 })
  await page.screenshot({ path: path.join(PICTURES, 'export-running.png') })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByRole('button', { name: 'Export…' })).toBeEnabled({ timeout: 30_000 })
  expect((await readdir(profile.folder)).filter((name) => /pdf|tmp/.test(name))).toEqual([])
  await expect.poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  // All of it, when it may go on.
  await dialog.getByRole('button', { name: 'Export…' }).click()
  await expect(dialog).toContainText('“novel.pdf” is written.', { timeout: 60_000 })
  const pages = pdfPages(path.join(profile.folder, 'novel.pdf'))
  expect(pages.length).toBeGreaterThan(300)
  expect(pages.join(' ').match(/nobody/g)).toHaveLength(16_000)
})
