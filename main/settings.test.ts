import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Settings } from '../shared/ipc/contract.ts'
import { openSettings, SETTINGS_FILE } from './settings.ts'
import type { SettingsApi } from './sheaf.ts'

let folder: string
let logged: string[]
let announced: Settings[]
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sheaf-settings-'))
  logged = []
  announced = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function open(): Promise<SettingsApi> {
  return openSettings({
    folder,
    accountName: 'Alice',
    logger: { info: (event) => logged.push(event), error: (event) => logged.push(event) },
    changed: (settings) => announced.push(settings),
  })
}

const file = () => path.join(folder, SETTINGS_FILE)

test('a fresh installation has the ordinary settings and writes nothing', async () => {
  const settings = await open()
  expect(settings.get()).toMatchObject({ theme: 'system', textSize: 18, displayName: 'Alice' })
  expect(await readdir(folder)).toEqual([])
})

test('KEEP-61: a changed setting is on disk when the call resolves, and is announced', async () => {
  const settings = await open()
  await settings.set({ theme: 'dark' })
  expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ theme: 'dark' })
  expect(announced).toEqual([settings.get()])
  expect((await open()).get()).toEqual(settings.get())
})

test('KEEP-61: changes made at the same time are all kept', async () => {
  const settings = await open()
  await Promise.all([
    settings.set({ theme: 'light' }),
    settings.set({ textSize: 22 }),
    settings.set({ displayName: 'Bob' }),
  ])
  expect((await open()).get()).toMatchObject({ theme: 'light', textSize: 22, displayName: 'Bob' })
})

test('a value a setting can not have is refused, and nothing changes', async () => {
  const settings = await open()
  const before = settings.get()
  await expect(settings.set({ textSize: 500 })).rejects.toMatchObject({ kind: 'invalid-argument' })
  expect(settings.get()).toEqual(before)
  expect(announced).toEqual([])
})

test('KEEP-62: a damaged settings file is set aside, the ordinary settings are used, and the log says so', async () => {
  await writeFile(file(), '{"theme": "dar')
  const settings = await open()
  expect(settings.get().theme).toBe('system')
  expect(logged).toContain('settings.damaged')
  expect(await readFile(`${file()}.damaged`, 'utf8')).toBe('{"theme": "dar')
  await settings.set({ theme: 'dark' })
  expect((await open()).get().theme).toBe('dark')
})

test('KEEP-62: one value that can not be is replaced, the others stay', async () => {
  await writeFile(file(), JSON.stringify({ theme: 'dark', textSize: 'huge', libraryWidth: 300 }))
  expect((await open()).get()).toMatchObject({ theme: 'dark', textSize: 18, libraryWidth: 300 })
  expect(logged).toEqual(['settings.value-replaced'])
})

test('a setting of a newer version survives a change made by this one', async () => {
  await writeFile(file(), JSON.stringify({ futureSetting: { a: 1 } }))
  await (await open()).set({ theme: 'dark' })
  expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ futureSetting: { a: 1 }, theme: 'dark' })
})

test('a change that can not be written is refused, and the next one still works', async () => {
  const settings = await open()
  // A folder in the file's place makes the rename fail, also for a superuser.
  await mkdir(path.join(file(), 'in-the-way'), { recursive: true })
  await expect(settings.set({ theme: 'dark' })).rejects.toMatchObject({ kind: 'disk-error' })
  expect(settings.get().theme).toBe('system')
  expect(announced).toEqual([])
  await rm(file(), { recursive: true })
  expect(await settings.set({ theme: 'dark' })).toMatchObject({ theme: 'dark' })
})
