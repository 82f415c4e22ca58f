import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { safeHref } from '../../shared/document/safe-href.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle } from '../testing/open-page.ts'
import { pasteInto } from '../testing/paste-into.ts'
import { sanitized } from './clean-html.ts'

const [corpus = '{}'] = Object.values(
  import.meta.glob<string>('../../shared/document/fixtures/hostile.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
const kinds = Object.entries(JSON.parse(corpus) as Record<string, string[]>)
let main: MemoryMain
let page: OpenPage

beforeEach(async () => {
  main = new MemoryMain()
  page = await openPage(main)
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

/** Attributes in a tree that could run, load or lead somewhere, and elements that could. */
function dangers(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(/^(?:script|style|link|meta|base|iframe|frame|object|embed|svg|math|video|audio)$/i.test(element.tagName)
      ? [`<${element.tagName}>`]
      : []),
    ...[...element.attributes]
      .filter(({ name, value }) => name.startsWith('on') || name === 'srcdoc' || (name === 'href' && !isSafe(value)))
      .map(({ name, value }) => `${name}=${value}`),
  ])
}

function isSafe(href: string): boolean {
  return safeHref(new URL(href, 'https://example.org/').href) !== null || /^sheaf:[0-9a-f]{64}$/i.test(href)
}

describe('hostile HTML on the clipboard', () => {
  test('is there', () => {
    expect(kinds.length).toBeGreaterThan(10)
  })

  test.each(kinds)(
    'PASTE-21: %s: nothing that runs or leads elsewhere is left, on the way and on the page',
    async (_kind, payloads) => {
      for (const payload of payloads) {
        expect(dangers(sanitized(payload)), payload).toEqual([])
        page.press('Mod-a')
        pasteInto(page, { html: payload })
        const { dom } = page.editor.view
        expect(dangers(dom), payload).toEqual([])
        for (const image of dom.querySelectorAll('[src], [srcset], [poster], [background], [style*="url"]'))
          expect(image.getAttribute('src'), payload).toMatch(/^\/image\/[0-9a-f]{64}\/[0-9a-f]{64}$/)
      }
    },
    60_000,
  )
})
