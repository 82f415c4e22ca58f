import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importFiles } from './import-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sheaf-import-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function put(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), 'words')
  }
}

/** A desk that refuses files whose name says so, and writes down what it was asked. */
function setUp(stopAfter = Number.POSITIVE_INFINITY) {
  const asked: string[] = []
  const controller = new AbortController()
  const take = (verb: string) => async (file: string) => {
    const name = path.relative(folder, file)
    asked.push(`${verb} ${name}`)
    if (asked.length >= stopAfter) controller.abort()
    if (name.includes('bad')) throw new Error(`no ${name}`)
    return name
  }
  const progress: string[] = []
  const watch = {
    signal: controller.signal,
    progress: (done: number, all: number, doing: string) => void progress.push(`${done}/${all} ${doing}`),
    reasonOf: (error: unknown) => String(error),
  }
  const bring = (...names: string[]) =>
    importFiles(
      names.map((name) => path.join(folder, name)),
      { importPath: async (file) => ({ documentId: await take('import')(file), losses: [] }), openPath: take('open') },
      watch,
    )
  return { asked, progress, bring }
}

test('EXPORT-21: a file that fails is named with its reason, and the others come in', async () => {
  await put('a.md', 'bad.html', 'b.txt', 'c.sheaf')
  const { bring, progress } = setUp()
  expect(await bring('a.md', 'bad.html', 'gone-bad.md', 'b.txt', 'c.sheaf')).toEqual({
    documents: ['a.md', 'b.txt'],
    opened: ['c.sheaf'],
    leftOut: [],
    failures: [
      { name: 'bad.html', reason: 'Error: no bad.html' },
      { name: 'gone-bad.md', reason: 'Error: no gone-bad.md' },
    ],
    cancelled: false,
  })
  expect(progress).toEqual(['0/5 a.md', '1/5 bad.html', '2/5 gone-bad.md', '3/5 b.txt', '4/5 c.sheaf'])
})

test('EXPORT-22: a cancelled import keeps what has come in and leaves the rest alone', async () => {
  await put('a.md', 'b.md', 'c.md')
  const { bring, asked } = setUp(2)
  expect(await bring('a.md', 'b.md', 'c.md')).toMatchObject({ documents: ['a.md', 'b.md'], cancelled: true })
  expect(asked).toEqual(['import a.md', 'import b.md'])
})

test('EXPORT-23: of a folder the writing in it comes in, not what is hidden, linked, foreign or too deep', async () => {
  const deep = 'f/1/2/3/4/5/6'
  await put('f/b.md', 'f/a.sheaf', 'f/.hidden.md', 'f/node_modules/x.md', 'f/photo.png', 'f/data.json', 'f/in/c.HTM')
  await put(`${deep}/in.md`, `${deep}/7/out.md`, 'elsewhere/d.md')
  await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'f', 'linked'))
  const { bring, asked } = setUp()
  await bring('f')
  expect(asked).toEqual([`import ${deep}/in.md`, 'open f/a.sheaf', 'import f/b.md', 'import f/in/c.HTM'])
})
