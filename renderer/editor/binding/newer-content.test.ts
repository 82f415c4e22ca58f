import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { BODY, type NodeShape, readShape, type TextShape } from '../../../shared/document/document-shape.ts'
import { normalShape } from '../../../shared/document/normal-shape.ts'
import { MemoryMain } from '../../testing/memory-main.ts'
import { agrees, openPage, settle } from '../../testing/open-page.ts'

/** Documents tried per run; each opens a page of its own. */
const RUNS = 60
const LIMIT = 60_000

/** Names of every kind: a newer version may call things whatever it likes. */
const name = fc.string({ minLength: 1, maxLength: 8 }).map((text) => `new-${text}`)
const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.record({ deep: fc.array(fc.integer(), { maxLength: 3 }) }, { noNullPrototype: true }),
)
const attributes = fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true })
const knownAttributes = fc.record(
  {
    kind: fc.constantFrom('h1', 'bullet', 'task', 'quote', 'code', 'unheard-of'),
    depth: fc.integer({ min: 1, max: 9 }),
    checked: fc.boolean(),
  },
  { requiredKeys: [] },
)
const marks = fc.dictionary(
  fc.oneof(
    fc.constantFrom('bold', 'italic', 'code', 'link'),
    name.map((each) => `mark-${each}`),
  ),
  attributes,
  { maxKeys: 3, noNullPrototype: true },
)
const run = fc.record({ text: fc.string({ minLength: 1, maxLength: 12 }), marks })
const inline = fc.record({ node: name.map((each) => `inline-${each}`), attributes })

type Part = { text: string; marks: Record<string, unknown> } | { node: string; attributes: Record<string, unknown> }

interface Block {
  readonly node: string
  readonly attributes: Record<string, unknown>
  readonly parts: readonly Part[]
  readonly blocks: readonly Block[]
}

const block: fc.Arbitrary<Block> = fc.record({
  node: fc.constant('block'),
  attributes: fc.tuple(knownAttributes, attributes).map(([known, unknown]) => ({ ...known, ...unknown })),
  parts: fc.array(fc.oneof({ weight: 3, arbitrary: run }, inline), { maxLength: 4 }),
  blocks: fc.constant([]),
})
const opaque: fc.Arbitrary<Block> = fc.record({
  node: name.map((each) => `container-${each}`),
  attributes,
  parts: fc.constant([]),
  blocks: fc.array(block, { maxLength: 3 }),
})
const leaf: fc.Arbitrary<Block> = fc.record({
  node: name.map((each) => `leaf-${each}`),
  attributes,
  parts: fc.array(run, { maxLength: 2 }),
  blocks: fc.constant([]),
})
const blocks = fc.array(fc.oneof({ weight: 3, arbitrary: block }, opaque, leaf), { minLength: 1, maxLength: 5 })

function build({ node, attributes: facts, parts, blocks: inner }: Block): Y.XmlElement {
  const made = new Y.XmlElement<{ [name: string]: string }>(node)
  for (const [key, fact] of Object.entries(facts)) made.setAttribute(key, fact as string)
  const children: (Y.XmlElement | Y.XmlText)[] = inner.map(build)
  for (let index = 0; index < parts.length; ) {
    const part = parts[index]
    if (part === undefined) break
    if ('text' in part) {
      const runs: { insert: string; attributes: Record<string, unknown> }[] = []
      for (let next = parts[index]; next !== undefined && 'text' in next; next = parts[++index]) {
        runs.push({ insert: next.text, attributes: next.marks })
      }
      const text = new Y.XmlText()
      text.applyDelta(runs)
      children.push(text)
    } else {
      index++
      children.push(build({ node: part.node, attributes: part.attributes, parts: [], blocks: [] }))
    }
  }
  made.insert(0, children)
  return made as Y.XmlElement
}

function mainWith(content: readonly Block[]): MemoryMain {
  const main = new MemoryMain()
  main.change((doc) => {
    const body = doc.getXmlFragment(BODY)
    for (const each of content) body.push([build(each)])
  })
  return main
}

/** The document with every text inside of blocks emptied of `mark`, to compare everything else. */
function without(mark: string, doc: Y.Doc): unknown {
  const strip = (part: NodeShape | TextShape): NodeShape | TextShape =>
    'text' in part ? { ...part, text: part.text.replaceAll(mark, '') } : { ...part, content: part.content.map(strip) }
  const shape = readShape(doc)
  return normalShape({ ...shape, content: shape.content.map((node) => strip(node) as NodeShape) })
}

describe('a document that a newer version wrote', () => {
  test(
    'WRITE-5: opening it writes nothing, and typing beside and inside changes nothing else',
    async () => {
      await fc.assert(
        fc.asyncProperty(blocks, fc.nat(), async (content, where) => {
          const main = mainWith(content)
          const before = without('¶', main.doc)
          const state = Y.encodeStateAsUpdate(main.doc)
          const page = await openPage(main)
          await settle()
          expect(page.editor.view.editable).toBe(true)
          expect(page.window.calls).toEqual(['document.open'])
          expect(Y.encodeStateAsUpdate(page.session.doc ?? new Y.Doc())).toEqual(state)

          const { doc } = page.editor.view.state
          const places: number[] = []
          for (let pos = 0; pos <= doc.content.size; pos++) if (doc.resolve(pos).parent.isTextblock) places.push(pos)
          const place = places[where % Math.max(places.length, 1)]
          if (place !== undefined) {
            const { view } = page.editor
            view.dispatch(view.state.tr.insertText('¶', place))
            await settle()
            expect(main.saved).toHaveLength(2)
          }
          expect(without('¶', main.doc)).toEqual(before)
          expect(agrees(page, main)).toBe(true)
          expect(page.window.rebuilds).toEqual([])
          await page.close()
        }),
        { numRuns: RUNS },
      )
    },
    LIMIT,
  )

  test(
    'WRITE-6: what arrives while the page is open is shown and kept as well',
    async () => {
      await fc.assert(
        fc.asyncProperty(blocks, blocks, async (first, second) => {
          const main = mainWith(first)
          const page = await openPage(main)
          main.change((doc) => {
            for (const each of second) doc.getXmlFragment(BODY).push([build(each)])
          })
          const before = without('', main.doc)
          page.receive()
          await settle()
          expect(page.window.rebuilds).toEqual([])
          expect(page.window.calls).toEqual(['document.open'])
          expect(without('', main.doc)).toEqual(before)
          expect(agrees(page, main)).toBe(true)
          await page.close()
        }),
        { numRuns: RUNS },
      )
    },
    LIMIT,
  )

  test('says so above what it can only carry along', async () => {
    const main = mainWith([
      { node: 'callout', attributes: { tone: 'warn' }, parts: [{ text: 'Careful', marks: {} }], blocks: [] },
    ])
    const page = await openPage(main)
    const shown = page.editor.view.dom.querySelector('[data-node=callout]')
    expect(shown?.getAttribute('aria-label')).toBe('Made with a newer Sheaf')
    expect(shown?.getAttribute('contenteditable')).toBe('false')
    expect(shown?.textContent).toContain('Careful')
    await page.close()
  })

  test('is only shown when no schema can hold it, and nothing of it is written', async () => {
    const main = new MemoryMain()
    main.change((doc) => {
      write(doc)
      const embedded = new Y.XmlText('words')
      doc.getXmlFragment(BODY).push([embedded])
    })
    const page = await openPage(main)
    expect(page.editor.view.editable).toBe(false)
    expect(page.state().mode).toBe('read-only')
    expect(page.editor.view.state.doc.textContent).toBe('in a blockwords')
    expect(page.window.calls).toEqual(['document.open'])
    await page.close()
  })
})

function write(doc: Y.Doc): void {
  doc
    .getXmlFragment(BODY)
    .push([build({ node: 'block', attributes: {}, parts: [{ text: 'in a block', marks: {} }], blocks: [] })])
}
