import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PathLock } from './path-lock.ts'
import { temporaryFolder } from './sheaf-file.fixture.ts'

let folder: ReturnType<typeof temporaryFolder>
let locks: string
let file: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = temporaryFolder()
  locks = path.join(folder.path, 'locks')
  file = path.join(folder.path, 'Hay.sheaf')
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  folder.remove()
})

/** Another process that runs a script with the lock class at hand; resolves at its first line of output. */
async function elsewhere(script: string): Promise<ChildProcess> {
  const source = `
    import fs from 'node:fs'
    import { PathLock } from ${JSON.stringify(new URL('./path-lock.ts', import.meta.url).href)}
    const [locks, file] = ${JSON.stringify([locks, file])}
    const lock = new PathLock(locks)
    ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout, 'data')
  return child
}

test('FILE-6: two processes never hold the lock of one file at the same time', async () => {
  fs.writeFileSync(file, '0')
  // A read, a pause and a write: without the lock, counts get lost.
  const count = `
    for (let i = 0; i < 40; i++) await lock.hold(file, async () => {
      const value = Number(fs.readFileSync(file, 'utf8'))
      await new Promise((resolve) => setTimeout(resolve, 1))
      fs.writeFileSync(file, String(value + 1))
    })
    console.log('done')`
  await Promise.all([elsewhere(count), elsewhere(count), elsewhere(count)])
  expect(fs.readFileSync(file, 'utf8')).toBe('120')
})

test('a lock is free as soon as the process that held it is killed', async () => {
  const holder = await elsewhere(
    `await lock.hold(file, () => new Promise(() => { console.log('held'); setInterval(() => {}, 1000) }))`,
  )
  const lock = new PathLock(locks)
  await expect(lock.hold(file, async () => 'mine', 0)).rejects.toMatchObject({ kind: 'no-permission' })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(await lock.hold(file, async () => 'mine', 0)).toBe('mine')
})

test('inside one process tasks take turns in the order of asking, and a failing one lets the next go on', async () => {
  const lock = new PathLock(locks)
  const seen: string[] = []
  const first = lock.hold(file, async () => {
    await new Promise((resolve) => setImmediate(resolve))
    seen.push('first')
    throw new Error('the first one fails')
  })
  const second = lock.hold(file, async () => seen.push('second'))
  const third = lock.hold(file, async () => seen.push('third'))
  await expect(first).rejects.toThrow('the first one fails')
  await Promise.all([second, third])
  expect(seen).toEqual(['first', 'second', 'third'])
})

test('a link and the file it points to share a lock; other files do not', async () => {
  fs.writeFileSync(file, '')
  const link = path.join(folder.path, 'link.sheaf')
  fs.symlinkSync(file, link)
  const one = new PathLock(locks)
  const other = new PathLock(locks)
  await one.hold(file, async () => {
    await expect(other.hold(link, async () => 'mine', 0)).rejects.toMatchObject({ kind: 'no-permission' })
    expect(await other.hold(path.join(folder.path, 'Other.sheaf'), async () => 'mine', 0)).toBe('mine')
  })
})
