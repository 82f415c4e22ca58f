import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { BODY } from './document-shape.ts'
import { schemaFor } from './extend-schema.ts'
import { admitsBody, admitsChange } from './scan-schema.ts'
import { schema } from './schema.ts'

const NOTE = 'Made with a newer Sheaf'

type Child = Y.XmlElement | Y.XmlText

function element(name: string, attributes: Record<string, unknown> = {}, children: Child[] = []): Y.XmlElement {
  const made = new Y.XmlElement<{ [name: string]: string }>(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
  made.insert(0, children)
  return made as Y.XmlElement
}

function body(...children: Child[]): Y.XmlFragment {
  const fragment = new Y.Doc().getXmlFragment(BODY)
  fragment.push(children)
  return fragment
}

describe('the schema for a body', () => {
  test("is this version's own when that suffices", () => {
    const known = body(
      element('block', { kind: 'h1' }, [new Y.XmlText('a'), element('hard_break')]),
      element('divider'),
    )
    expect(schemaFor(known, NOTE)).toBe(schema)
  })

  test.each([
    [
      'an unknown block',
      () => body(element('callout', { tone: 'warn' }, [element('block', {}, [new Y.XmlText('a')])])),
    ],
    ['an unknown block with text', () => body(element('formula', {}, [new Y.XmlText('e = mc²')]))],
    ['an unknown attribute', () => body(element('block', { colour: 'red' }))],
    [
      'an unknown inline node',
      () => body(element('block', {}, [new Y.XmlText('a'), element('person', { who: 'bob' })])),
    ],
    [
      'a table',
      () => body(element('table', {}, [element('row', {}, [element('cell', { span: 2 }, [element('block')])])])),
    ],
    [
      'a table with a foot and a footnote with an unknown thing in it',
      () =>
        body(
          element('table', {}, [element('table_row'), element('table_foot', { sum: 1 }, [new Y.XmlText('7')])]),
          element('block', {}, [element('footnote', {}, [new Y.XmlText('see '), element('citation')])]),
        ),
    ],
    ['a divider with something in it', () => body(element('divider', {}, [new Y.XmlText('chapter')]))],
    [
      'inline nodes in inline nodes',
      () => body(element('block', {}, [element('note', {}, [element('ref', { n: 1 })])])),
    ],
  ])('holds %s', (_name, make) => {
    const foreign = make()
    const extended = schemaFor(foreign, NOTE)
    expect(extended).not.toBe(schema)
    expect(extended !== null && admitsBody(extended, foreign)).toBe(true)
  })

  test('holds an unknown mark and unknown attributes of a known one, exactly as they are', () => {
    const text = new Y.XmlText()
    const marked = body(element('block', {}, [text]))
    text.applyDelta([
      { insert: 'a', attributes: { glow: { colour: 'red' } } },
      { insert: 'b', attributes: { link: { href: 'https://example.org/', rel: 'next' } } },
    ])
    const extended = schemaFor(marked, NOTE)
    expect(extended?.mark('glow', { colour: 'red' }).attrs).toEqual({ colour: 'red' })
    expect(extended?.mark('link', { href: 'a', rel: 'next' }).attrs).toEqual({ href: 'a', rel: 'next' })
  })

  test.each(['constructor', 'toString'])(
    'holds a node, an attribute and a mark that are named “%s”, as an object’s own things are',
    (name) => {
      const text = new Y.XmlText()
      const named = body(element(name, { [name]: 'x' }), element('block', {}, [text]))
      text.insert(0, 'a', Object.fromEntries([['valueOf', { [name]: 'x' }]]))
      const extended = schemaFor(named, NOTE)
      expect(extended !== null && admitsBody(extended, named)).toBe(true)
      expect(extended?.nodes[name]?.spec.toDOM).toBeDefined()
    },
  )

  test.each([
    ['text without a block', () => body(new Y.XmlText('a'))],
    [
      'a name used as a block and inside of text',
      () => body(element('x'), element('block', {}, [new Y.XmlText('a'), element('x')])),
    ],
    ['a block inside of a block', () => body(element('block', {}, [element('block')]))],
    ['a name that means something else to the editor', () => body(element('flow'))],
    ['a name that no object can have', () => body(element('__proto__'))],
    ['a name that is also a mark', () => body(element('bold'))],
  ])('is none for %s', (_name, make) => {
    expect(schemaFor(make(), NOTE)).toBeNull()
  })

  test('is none for embedded objects, overlapping marks and marks that are no objects', () => {
    const bare = new Y.XmlText()
    const third = body(element('block', {}, [bare]))
    bare.insert(0, 'a', { bold: true })
    expect(schemaFor(third, NOTE)).toBeNull()
    const embedded = new Y.XmlText()
    const first = body(element('block', {}, [embedded]))
    embedded.insertEmbed(0, { image: 'x' })
    expect(schemaFor(first, NOTE)).toBeNull()
    const overlapping = new Y.XmlText()
    const second = body(element('block', {}, [overlapping]))
    overlapping.insert(0, 'a', { 'comment--12345678': {} })
    expect(schemaFor(second, NOTE)).toBeNull()
  })
})

describe('a change', () => {
  const changes: [string, (fragment: Y.XmlFragment) => void, boolean][] = [
    ['known blocks', (fragment) => fragment.push([element('block', { kind: 'h1' }, [new Y.XmlText('a')])]), true],
    ['an unknown block', (fragment) => fragment.push([element('callout')]), false],
    ['an unknown attribute', (fragment) => first(fragment).setAttribute('colour', 'red'), false],
    ['an unknown mark', (fragment) => (first(fragment).get(0) as Y.XmlText).format(0, 1, { glow: {} }), false],
    ['a known mark', (fragment) => (first(fragment).get(0) as Y.XmlText).format(0, 1, { bold: {} }), true],
    ['an unknown inline node', (fragment) => first(fragment).push([element('person')]), false],
    [
      'something deep inside of a new block',
      (fragment) => fragment.push([element('block', {}, [element('hard_break', { x: 1 })])]),
      false,
    ],
    ['a deletion', (fragment) => fragment.delete(0, 1), true],
  ]

  test.each(changes)('by %s is admitted only when the schema holds it', (_name, change, admitted) => {
    const fragment = body(element('block', {}, [new Y.XmlText('abc')]))
    const answers: boolean[] = []
    fragment.doc?.on('beforeObserverCalls', (transaction: Y.Transaction) => {
      answers.push(admitsChange(schema, fragment, transaction))
    })
    fragment.doc?.transact(() => change(fragment))
    expect(answers).toEqual([admitted])
  })

  test('elsewhere in the document is no concern of the body', () => {
    const fragment = body(element('block'))
    const answers: boolean[] = []
    fragment.doc?.on('beforeObserverCalls', (transaction: Y.Transaction) => {
      answers.push(admitsChange(schema, fragment, transaction))
    })
    fragment.doc?.getMap('facts').set('title', 'a')
    expect(answers).toEqual([true])
  })
})

function first(fragment: Y.XmlFragment): Y.XmlElement {
  const child = fragment.get(0)
  if (!(child instanceof Y.XmlElement)) throw new Error('the test expects an element')
  return child
}
