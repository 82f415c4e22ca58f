import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, toStart, write } from '../testing/open-page.ts'
import { pasteInto } from '../testing/paste-into.ts'
import { sanitized } from './clean-html.ts'

let main: MemoryMain
let page: OpenPage

async function open(...lines: string[]): Promise<void> {
  main = new MemoryMain()
  if (lines.length > 0) main.change((doc) => write(doc, lines))
  page = await openPage(main)
}

beforeEach(async () => {
  await open()
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

const paste = (html: string) => page.editor.view.pasteHTML(html, clipboardEvent('', html))
const pasteText = (text: string) => page.editor.view.pasteText(text, clipboardEvent(text, ''))

function clipboardEvent(text: string, html: string): ClipboardEvent {
  const event = new Event('paste') as ClipboardEvent
  const data = { getData: (type: string) => (type === 'text/html' ? html : type === 'text/plain' ? text : '') }
  Object.defineProperty(event, 'clipboardData', { value: data })
  return event
}

describe('pasting HTML', () => {
  test.each([
    ['headings', '<h1>a</h1><h2>b</h2><h5>c</h5>', ['h1 a', 'h2 b', 'h5 c']],
    [
      'nested lists',
      '<ul><li>a<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li></ul>',
      ['bullet a', 'ordered:1 b', 'ordered:1 c', 'bullet:2 d', 'bullet e'],
    ],
    ['lists nested the old way', '<ul><li>a</li><ul><li>b</li></ul></ul>', ['bullet a', 'bullet:1 b']],
    ['paragraphs in items', '<ol><li><p>a</p></li><li><p>b</p></li></ol>', ['ordered a', 'ordered b']],
    [
      'tasks',
      '<ul><li><input type="checkbox" checked> a</li><li><label><input type="checkbox"> b</label></li></ul>',
      ['task+ a', 'task b'],
    ],
    ['quotations', '<blockquote><p>a</p><p>b</p></blockquote><p>c</p>', ['quote a', 'quote b', 'p c']],
    ['code', '<pre><code class="language-ts">let a\n  = 1\n</code></pre><p>b</p>', ['code let a\n  = 1', 'p b']],
    ['dividers', '<p>a</p><hr><p>b</p>', ['p a', 'divider', 'p b']],
    ['marks by tag', '<p><b>a</b><i>b</i><del>c</del><code>d</code></p>', ['p <bold>a|<italic>b|<strike>c|<code>d']],
    [
      'marks by style',
      '<p><span style="font-weight:700">a</span><span style="font-style:italic">b</span></p>',
      ['p <bold>a|<italic>b'],
    ],
    ['what is not bold after all', '<b style="font-weight:normal"><p>a</p></b>', ['p a']],
    ['white space as browsers fold it', '<p>\n  a\n  <b> b </b>\n c </p>', ['p a |<bold>b |c']],
    ['breaks', '<p>a<br>b<br></p>', ['p a|{hard_break}|b']],
    ['text between blocks', 'a<div>b</div>c', ['p a', 'p b', 'p c']],
    ['tables', '<table><tr><td>a</td><td>b</td></tr></table>', ['table']],
    [
      'tables that only arrange the page, as their words',
      '<table><tr><td><p>a</p><p>b</p></td></tr></table>',
      ['p a', 'p b'],
    ],
    [
      'links',
      '<p><a href="https://example.org/x">a</a><a href="javascript:alert(1)">b</a><a href="/c">c</a></p>',
      ['p <link>a|bc'],
    ],
  ])('takes %s', (_name, html, lines) => {
    paste(html)
    expect(page.lines()).toEqual(lines)
  })

  test('SAFE-31: nothing but words and safe links comes along', () => {
    const html = [
      '<p onclick="alert(1)">a<img src="https://example.org/spy.png" onerror="alert(1)"></p>',
      '<script>alert(1)</script><style>@import "https://example.org/x.css"</style><svg><a href="data:x">s</a></svg>',
      '<iframe src="https://example.org/"></iframe><p style="background:url(https://example.org/b.png)">b</p>',
      '<math><mtext><img src=x onerror=alert(1)></mtext></math><link rel="stylesheet" href="https://example.org/x.css">',
    ].join('')
    const clean = document.createElement('div')
    clean.append(sanitized(html))
    expect(clean.innerHTML).not.toMatch(/alert|onclick|onerror|<(script|style|svg|iframe|math|link)/)
    paste(html)
    expect(page.lines()).toEqual(['p a|<link>picture', 'p b'])
  })

  test('words pasted into a line join it', async () => {
    page.type('ac')
    page.select('ac', 1)
    paste('<b>b</b>')
    expect(page.lines()).toEqual(['p a|<bold>b|c'])
  })

  test('in code it is its plain text', async () => {
    page.type('```')
    page.editor.view.pasteHTML('<b>x</b>', clipboardEvent('a\r\nb', '<b>x</b>'))
    expect(page.lines()).toEqual(['code a\nb'])
  })

  test('an address pasted over words links them', async () => {
    page.type('here')
    page.select('here', 0, 4)
    pasteText('https://example.org/')
    expect(page.lines()).toEqual(['p <link>here'])
  })
})

describe('pasting text', () => {
  test('PASTE-3: makes a paragraph of every line, or, where there are empty lines, of what stands between them', () => {
    pasteText('a\r\nb\n')
    expect(page.lines()).toEqual(['p a', 'p b'])
    page.press('Mod-a')
    pasteText('a\r\nb\n\nc')
    expect(page.lines()).toEqual(['p a|{hard_break}|b', 'p c'])
  })
})

describe('pasting Markdown', () => {
  const source = '# Packing\n\n- socks\n  - wool\n\n[Ada](https://example.org/)'

  test('PASTE-4: makes of it what it means; undo gives back its text, then takes that, then what was typed', async () => {
    page.type('before')
    page.press('Enter')
    pasteInto(page, { text: source })
    expect(page.lines()).toEqual(['p before', 'h1 Packing', 'bullet socks', 'bullet:1 wool', 'p <link>Ada'])
    page.type('!')
    page.press('Mod-z')
    page.press('Mod-z')
    expect(page.lines()).toContain('p # Packing')
    page.press('Mod-z')
    expect(page.lines().join()).not.toContain('Packing')
    expect(page.lines()[0]).toBe('p before')
  })

  test('PASTE-4: in the middle of a line its first words go on in that line', async () => {
    page.type('ab')
    page.select('ab', 1)
    pasteInto(page, { text: '**one**\n\n- two\n- three\n\n**four**' })
    expect(page.lines()).toEqual(['p a|<bold>one', 'bullet two', 'bullet three', 'p <bold>four|b'])
  })

  test('PASTE-5: every paste is a step of undo by itself', async () => {
    page.type('a')
    paste('<p><b>b</b></p>')
    page.type('c')
    page.press('Mod-z')
    expect(page.lines()).toEqual(['p a|<bold>b'])
    page.press('Mod-z')
    expect(page.lines()).toEqual(['p a'])
  })
})

describe('copying', () => {
  const copy = () => {
    const { view } = page.editor
    const { dom, text } = view.serializeForClipboard(view.state.selection.content())
    return { html: dom.innerHTML, text }
  }

  test('gives clean HTML and plain text', async () => {
    await page.close()
    await open(
      'h1 Title',
      'text',
      'bullet a',
      'bullet:1 b',
      'ordered:1 c',
      'bullet d',
      'task e',
      'quote f',
      'code g\nh',
    )
    page.press('Mod-a')
    const { html, text } = copy()
    expect(html.replace(/ data-pm-slice="[^"]*"/, '').replace(/>\n</g, '><')).toBe(
      '<meta name="generator" content="Sheaf"><h1>Title</h1><p>text</p><ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li>' +
        '<li>d</li><li class="task"><input type="checkbox" disabled="">e</li></ul><blockquote><p>f</p></blockquote>' +
        '<pre><code>g\nh</code></pre>',
    )
    expect(text).toBe('Title\n\ntext\n\n- a\n  - b\n  1. c\n- d\n[ ] e\n\nf\n\ng\nh')
  })

  test('and pasting elsewhere gives the same blocks again', async () => {
    const lines = [
      'h1 Title',
      'p text',
      'bullet a',
      'bullet:1 b',
      'ordered:1 c',
      'bullet d',
      'task e',
      'quote f',
      'code g\nh',
      'p end',
    ]
    await page.close()
    await open(...lines)
    page.press('Mod-a')
    const { html } = copy()
    await page.close()
    await open()
    paste(html)
    expect(page.lines()).toEqual(lines)
  })

  test('what this version can only carry along comes back whole in the same window', async () => {
    await page.close()
    await open('a', 'b')
    main.change((doc) => {
      const block = doc.getXmlFragment('body').get(0)
      if (block !== undefined && 'setAttribute' in block) block.setAttribute('colour', 'red')
    })
    page.receive()
    page.press('Mod-a')
    const { html, text } = copy()
    page.press('Delete')
    expect(page.lines()).toEqual([])
    page.editor.view.pasteHTML(html, clipboardEvent(text, html))
    expect(page.lines()).toEqual(['p a', 'p b'])
    expect(page.editor.view.state.doc.firstChild?.attrs['colour']).toBe('red')
    toStart(page)
  })
})
