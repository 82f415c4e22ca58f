/**
 * Hundreds of hostile words, by every way into the window: pasted, dropped, imported, in a file, as a title and as an address.
 * None of them runs, none is even refused on the way to running, and nothing asks for an address outside of the app.
 */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import * as Y from 'yjs'
import { type Bridge, call } from './support/bridge.ts'
import { expect, type Profile, test } from './support/app.ts'
import { body, saved, title, write } from './support/page.ts'
import { watch, type Witness } from './support/witness.ts'

/** So few that pasting does not wait for a long page. */
const ON_ONE_PAGE = 80
const CORPUS = path.join(import.meta.dirname, '../shared/document/fixtures/hostile.json')
/** Ends whatever a payload may have left open, so that the next one in the same file is read too. */
const CLOSED =
  '\n--></script></style></textarea></title></xmp></noembed></noframes></noscript></iframe></template></select></svg></math></table></form></a></b></nobr></p>\n'

/** Every payload, with a number to be known by and the sentinel's address. */
async function payloads({ sentinel }: Witness): Promise<string[]> {
  const corpus = Object.values(JSON.parse(await readFile(CORPUS, 'utf8')) as Record<string, string[]>).flat()
  return corpus.map((each, index) =>
    each.replaceAll('canary()', `canary(${index})`).replaceAll('sentinel.invalid', sentinel.host),
  )
}

/** Gives the page each of them as a paste or a drop does, a page of some at a time, and looks at every such page. */
async function give(page: Page, way: 'paste' | 'drop', type: string, all: readonly string[]): Promise<void> {
  for (let at = 0; at < all.length; at += ON_ONE_PAGE) {
    await body(page).focus()
    await page.keyboard.press('Control+a')
    await body(page).evaluate(giveThese, { way, type, all: all.slice(at, at + ON_ONE_PAGE) })
    await provoke(page)
  }
}

/** Runs in the page. */
async function giveThese(
  element: HTMLElement | SVGElement,
  { way, type, all }: { way: 'paste' | 'drop'; type: string; all: readonly string[] },
): Promise<void> {
  for (const each of all) {
    const data = new DataTransfer()
    data.setData(type, each)
    const { x, y } = element.getBoundingClientRect()
    const init = { bubbles: true, cancelable: true }
    element.dispatchEvent(
      way === 'paste'
        ? new ClipboardEvent('paste', { ...init, clipboardData: data })
        : new DragEvent('drop', { ...init, dataTransfer: data, clientX: x + 40, clientY: y + 10 }),
    )
  }
  // What is drawn is drawn, and what was started has started.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
}

/** Goes over everything on the page as a pointer and a keyboard do; nothing on it may be what only a hostile page brings; formulas are drawn as MathML too. */
async function provoke(page: Page): Promise<void> {
  const strange =
    'script, style, link, base, meta, iframe, object, embed, video, audio, track, source, form, math:not(.katex *), [srcset], [style*="url"]'
  expect(await body(page).locator(strange).count()).toBe(0)
  await page.evaluate(async () => {
    for (const element of document.querySelectorAll('body *')) {
      if (element.closest('.prose, h1, [role=list], header') === null) continue
      for (const name of [
        'mouseover',
        'mouseenter',
        'mousemove',
        'pointerenter',
        'focus',
        'focusin',
        'toggle',
        'wheel',
        'copy',
        'error',
        'load',
      ])
        element.dispatchEvent(new Event(name, { bubbles: name.length > 5 }))
    }
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
}

/** Half of them: what one way takes, another of the same kind need not take as well. */
function everySecond(all: readonly string[], first: 0 | 1): string[] {
  return all.filter((_, index) => index % 2 === first)
}

/** Opens a document in a window of its own, looks at it and closes it. */
async function look(electron: ElectronApplication, page: Page, documentId: unknown): Promise<string> {
  const opening = electron.waitForEvent('window')
  await call(page, 'window.open', documentId)
  const opened = await opening
  await expect(body(opened)).not.toBeEmpty({ timeout: 30_000 })
  await provoke(opened)
  const words = await body(opened).innerText()
  await opened.close()
  return words
}

/** Takes in a file as if a person had chosen it. */
async function choose(
  electron: ElectronApplication,
  page: Page,
  way: 'library.import' | 'library.openFile',
  file: string,
): Promise<unknown> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, file)
  // An import is a task, and takes a number for it.
  const outcome = await call(page, way, ...(way === 'library.import' ? [1] : []))
  expect(outcome.error?.message ?? 'taken in').toBe('taken in')
  if (way === 'library.openFile') return outcome.value
  const { documents, failures } = outcome.value as { documents: string[]; failures: unknown[] }
  expect(failures).toEqual([])
  return documents[0]
}

/** A document with hostile values in every place that has one, written past the editor as a changed program would. */
async function writeHostileFile(page: Page, profile: Profile, all: readonly string[]): Promise<string> {
  const name = 'hostile'
  const made = await page.evaluate(async (heading) => {
    const { sheaf } = window as unknown as { sheaf: Bridge }
    const { value } = await sheaf.call('library.new', heading)
    const { documentId } = value as { documentId: string }
    const opened = (await sheaf.call('document.open', documentId)).value as { clientId: number; state: Uint8Array }
    return { documentId, clientId: opened.clientId, state: [...opened.state] }
  }, name)
  const doc = new Y.Doc()
  doc.clientID = made.clientId
  Y.applyUpdate(doc, new Uint8Array(made.state), 'theirs')
  const updates: number[][] = []
  doc.on('update', (update: Uint8Array) => updates.push([...update]))
  const element = (node: string, attributes: Record<string, unknown>, ...children: (Y.XmlElement | Y.XmlText)[]) => {
    const one = new Y.XmlElement<{ [name: string]: string }>(node)
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value as string)
    one.insert(0, children)
    return one as unknown as Y.XmlElement
  }
  const words = (text: string, marks: Record<string, Record<string, unknown>> = {}) => {
    const one = new Y.XmlText()
    one.insert(0, text, marks)
    return one
  }
  const cell = (payload: string) => element('table_cell', { align: payload, width: payload }, words(payload))
  doc.transact(() => {
    doc
      .getXmlFragment('body')
      .push(
        all.flatMap((payload) => [
          element('block', { kind: payload, align: payload, dir: payload, lang: payload }, words(payload)),
          element(
            'block',
            {},
            words('word', { link: { href: payload, title: payload }, highlight: { color: payload } }),
            element('mention', { document: payload, label: payload }),
            element('footnote', {}, words(payload, { link: { href: payload } })),
            element('math', {}, words(payload)),
          ),
          element('block', { kind: 'code', lang: payload }, words(payload)),
          element('block', { kind: 'callout', tone: payload }, words(payload)),
          element('image', { blob: payload, alt: payload, width: payload, align: payload }, words(payload)),
        ]),
      )
    doc
      .getXmlFragment('body')
      .push([
        element(
          'table',
          { header: all[0] },
          ...all.slice(0, 200).map((payload) => element('table_row', {}, cell(payload))),
        ),
        ...['script', 'iframe', 'img', 'constructor', 'toString', 'hasOwnProperty'].map((node) =>
          element(
            node,
            { src: all[0], onload: all[1], style: all[2], constructor: all[3] },
            words('word', { [node]: { onclick: all[4] } }),
          ),
        ),
      ])
    doc.getMap('facts').set('title', name)
  })
  for (const update of updates) {
    const outcome = await page.evaluate(
      ({ documentId, bytes }) =>
        (window as unknown as { sheaf: Bridge }).sheaf.call('document.append', documentId, 0, new Uint8Array(bytes)),
      { documentId: made.documentId, bytes: update },
    )
    expect(outcome.error?.message ?? 'saved').toBe('saved')
  }
  await call(page, 'document.close', made.documentId)
  return path.join(profile.library, `${name}.sheaf`)
}

test('PASTE-22: nothing hostile runs or asks for anything when it is pasted, dropped, or given as a title or an address', async ({
  start,
}) => {
  test.setTimeout(240_000)
  const { page, electron } = await start()
  const witness = await watch(electron)
  try {
    const all = await payloads(witness)
    expect(all.length).toBeGreaterThan(700)
    await write(page, 'Pasted', 'Before.')
    await give(page, 'paste', 'text/html', all)
    expect(await witness.seen()).toEqual([])

    await write(page, 'Dropped', 'Before.')
    await give(page, 'drop', 'text/html', everySecond(all, 0))
    expect(await witness.seen()).toEqual([])

    await write(page, 'Typed', 'Before.')
    await give(
      page,
      'paste',
      'text/plain',
      everySecond(all, 1).map((each) => `# One\n\n- two\n- three\n\n${each}`),
    )
    await saved(page)
    expect(await witness.seen()).toEqual([])

    // Through the clipboard itself, as another program puts it there.
    await write(page, 'Whole', 'Before.')
    const html = all.filter((each) => each.length < 500).join(CLOSED)
    await electron.evaluate(
      ({ clipboard }, data) => (clipboard as unknown as { write(data: object): void }).write(data),
      { html, text: 'plain' },
    )
    await page.keyboard.press('Control+v')
    await expect(body(page)).toContainText('word')
    await provoke(page)
    expect(await witness.seen()).toEqual([])

    for (const each of all.filter((_, index) => index % 25 === 0)) await title(page).fill(each)
    await title(page).fill(all.slice(0, 200).join(' '))
    await saved(page)
    await provoke(page)

    await write(page, 'Linked', 'words')
    const addresses = all.flatMap((each) => /^<a href="([^"]*)">word<\/a>$/.exec(each)?.[1] ?? [])
    expect(addresses.length).toBeGreaterThan(60)
    const field = page.getByRole('textbox', { name: 'Link address' })
    for (const address of addresses.filter((_, index) => index % 8 === 0)) {
      await body(page).focus()
      // The toolbar comes back when something else is selected than before.
      await page.keyboard.press('Home')
      await page.keyboard.press('Shift+End')
      await page.keyboard.press('Control+Alt+k')
      await field.fill(address)
      await page.keyboard.press('Enter')
      if (await field.isVisible()) await page.keyboard.press('Escape')
    }
    for (const address of addresses) {
      await page.keyboard.press('Control+a')
      await body(page).evaluate(giveThese, { way: 'paste' as const, type: 'text/plain', all: [address] })
    }
    await provoke(page)
    for (const link of await body(page).locator('a').all())
      expect(await link.getAttribute('href')).toMatch(/^(?:https?:\/\/|mailto:)/)
    expect(await witness.seen()).toEqual([])
    expect(electron.windows()).toHaveLength(1)
  } catch (error) {
    // What was seen says more than what did not come of it.
    expect(await witness.seen()).toEqual([])
    throw error
  } finally {
    await witness.close()
  }
})

test('PASTE-22: nor out of imported pages, Markdown, and files somebody changed', async ({ start, profile }) => {
  test.setTimeout(240_000)
  const { page, electron } = await start()
  const witness = await watch(electron)
  try {
    // A file with zeros in it is no text, and is refused as such.
    const all = (await payloads(witness)).filter((each) => each.length < 500 && !each.includes('\0'))
    const half = Math.ceil(all.length / 2)
    for (const [index, part] of [all.slice(0, half), all.slice(half)].entries()) {
      const page1 = path.join(profile.folder, `hostile-${index}.html`)
      await writeFile(page1, `<p>word</p>${part.join(CLOSED)}`)
      const markdown = path.join(profile.folder, `hostile-${index}.md`)
      await writeFile(markdown, part.join('\n\n-->\n\n'))
      for (const file of [page1, markdown]) {
        expect(await look(electron, page, await choose(electron, page, 'library.import', file))).toContain('word')
        expect(await witness.seen()).toEqual([])
      }
    }
    const file = await writeHostileFile(page, profile, all)
    const documentId = await choose(electron, page, 'library.openFile', file)
    expect(await look(electron, page, documentId)).toContain('canary')
    await provoke(page)
    expect(await witness.seen()).toEqual([])
  } catch (error) {
    // What was seen says more than what did not come of it.
    expect(await witness.seen()).toEqual([])
    throw error
  } finally {
    await witness.close()
  }
})

test('PASTE-23: who watches sees a program that runs, one that is refused, and whoever asks for something outside', async ({
  start,
}) => {
  const { page, electron } = await start()
  const witness = await watch(electron)
  try {
    expect(await witness.seen()).toEqual([])
    await page.evaluate(async (host) => {
      const { canary } = window as unknown as { canary(what: string): void }
      canary('control')
      const box = document.createElement('div')
      try {
        box.setAttribute('onclick', 'canary(1)')
        box.click()
      } catch {
        // Where text can't be given as a program it is refused at once.
      }
      const picture = document.createElement('img')
      picture.src = `http://${host}/picture`
      document.body.append(picture)
      await new Promise((done) => setTimeout(done, 300))
    }, witness.sentinel.host)
    await fetch(`http://${witness.sentinel.host}/visit`)
    await expect
      .poll(async () => (await witness.seen()).map((each) => each.replace(/ .*/, '')).sort())
      .toEqual(expect.arrayContaining(['came:', 'ran:', 'refused:']))
    const seen = (await witness.seen()).join('\n')
    expect(seen).toContain('require-trusted-types-for')
    expect(seen).toContain('/picture')
  } finally {
    await witness.close()
  }
})
