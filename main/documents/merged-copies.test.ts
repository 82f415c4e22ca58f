import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { publishSheafFile } from '../storage/publish-sheaf-file.ts'
import { readSheafFile } from '../storage/read-sheaf-file.ts'
import { temporaryFolder } from '../storage/sheaf-file.fixture.ts'
import { DetachedDocument } from './detached-document.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

let now = 1_700_000_000_000
const ports = { suite, clock: { now: () => (now += 1000) }, appVersion: '0.1.0' }

/** One person does something to their copy of the file. */
type Act = Edit | { readonly kind: 'merge' | 'copy'; readonly who: number; readonly from: number }

/** `words` is null for a letter taken away. */
interface Edit {
  readonly kind: 'edit'
  readonly who: number
  readonly at: number
  readonly words: string | null
}

const who = fc.nat({ max: 2 })
const words = fc.option(fc.string({ minLength: 1, maxLength: 8 }), { freq: 4 })
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('edit' as const), who, at: fc.nat({ max: 200 }), words }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('merge' as const, 'copy' as const), who, from: who }) },
)

function edit(doc: Y.Doc, { at, words: typed }: Edit): void {
  const body = doc.getXmlFragment(BODY)
  if (body.length === 0) {
    const block = new Y.XmlElement('block')
    block.insert(0, [new Y.XmlText()])
    body.insert(0, [block])
  }
  const text = (body.get(0) as Y.XmlElement).get(0) as Y.XmlText
  if (typed !== null) text.insert(at % (text.length + 1), typed)
  else if (text.length > 0) text.delete(at % text.length, 1)
}

test('LIB-55: copies of a file merge in any order, any number of times, to what writing together gives', async () => {
  const file = (name: string | number): string => path.join(folder.path, `${name}.sheaf`)
  const open = async (name: string | number): Promise<DetachedDocument> =>
    DetachedDocument.from(ports, await readSheafFile(file(name)))
  const save = async (name: string | number, document: DetachedDocument): Promise<void> => {
    await publishSheafFile(file(name), document.content())
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 4, maxLength: 14 }),
      fc.array(who, { minLength: 6, maxLength: 6 }),
      async (acts, order) => {
        const founded = DetachedDocument.found(ports)
        for (const name of [0, 1, 2, 'live']) await save(name, founded)
        for (const each of acts) {
          const document = await open(each.who)
          if (each.kind === 'edit') {
            document.edit((doc) => edit(doc, each))
            // Whoever hears of each edit at once, as in writing together.
            const live = await open('live')
            live.merge(document.content())
            await save('live', live)
          } else if (each.kind === 'merge') document.merge(await readSheafFile(file(each.from)))
          else {
            // A copy takes the place of an older one only where it holds all of that: nobody's words go.
            const other = await open(each.from)
            if (other.compare(await readSheafFile(file(each.who))) === 'ahead')
              fs.copyFileSync(file(each.from), file(each.who))
            continue
          }
          await save(each.who, document)
        }
        // Everybody takes in everybody's file, in this order, some of them again and again.
        for (const reader of order) {
          for (const from of [...order, 0, 1, 2]) {
            const document = await open(reader)
            if (document.merge(await readSheafFile(file(from))).records > 0) await save(reader, document)
          }
        }
        const live = await open('live')
        for (const reader of new Set(order)) {
          const document = await open(reader)
          expect(document.shape()).toEqual(live.shape())
          expect(document.compare(await readSheafFile(file('live')))).toBe('equal')
          expect(document.isIncomplete()).toBe(false)
        }
      },
    ),
    { numRuns: 4 },
  )
}, 120_000)
