import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../storage/sheaf-file.fixture.ts'
import { Person } from './library.fixture.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })
let place: ReturnType<typeof temporaryFolder>
let alice: Person

beforeEach(() => {
  place = temporaryFolder()
  alice = new Person(place.path, 'alice')
  // No file is written while a test looks.
  alice.publishDelay = 600_000
})
afterEach(async () => {
  await alice.stop()
  place.remove()
})

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 20 })
const row = (documentId: string) => alice.library.view().entries.find((entry) => entry.documentId === documentId)
/** Longer than announcements wait for each other. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 150))
const views = () => alice.announcements.filter(({ name }) => name === 'library.changed').length

test('LINK-32: a row’s words, title and time follow the typing before the file is written', async () => {
  await alice.start()
  const { documentId } = await alice.library.create('Hay')
  const other = await alice.library.create('Other')
  alice.show(documentId)
  await alice.type(documentId, 'The first words')
  await until(() => expect(row(documentId)).toMatchObject({ title: 'Hay', firstWords: 'The first words' }))
  await alice.registry.setTitle(documentId, 'Straw')
  await until(() => expect(row(documentId)?.title).toBe('Straw'))
  expect(row(documentId)?.fileName).toBe('Hay')
  expect(alice.library.view().entries.map((entry) => entry.documentId)).toEqual([documentId, other.documentId])
  await alice.files.flush(documentId)
  expect(row(documentId)).toMatchObject({ title: 'Straw', firstWords: 'The first words' })
})

test('LINK-32: windows are not told again of a row that says what it said', async () => {
  await alice.start()
  const { documentId } = await alice.library.create('Hay')
  alice.show(documentId)
  await alice.type(documentId, 'word '.repeat(40))
  await until(() => expect(row(documentId)?.firstWords).toMatch(/^word/))
  await quiet()
  const opening = vi.spyOn(alice.registry, 'factsOf')
  const before = views()
  await alice.type(documentId, 'far down')
  await until(() => expect(opening).toHaveBeenCalled())
  await quiet()
  expect(views()).toBe(before)
})

test('LINK-33: a new document has its title and its file name at once', async () => {
  await alice.start()
  const { documentId } = await alice.library.create('  Frost\n books ')
  expect(row(documentId)).toMatchObject({ title: 'Frost books', fileName: 'Frost books', firstWords: '' })
})
