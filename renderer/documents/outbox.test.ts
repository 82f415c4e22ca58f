import { beforeEach, describe, expect, test } from 'vitest'
import { Outbox, type OutboxState } from './outbox.ts'

const bytes = (n: number) => new Uint8Array([n])

/** A disk whose answers the test gives. */
class Disk {
  readonly asked: number[] = []
  readonly pauses: { readonly length: number; readonly end: () => void }[] = []
  readonly states: OutboxState[] = []
  #answers: { resolve: () => void; reject: (error: Error) => void }[] = []

  readonly outbox = new Outbox({
    send: (update) => {
      this.asked.push(update[0] ?? -1)
      return new Promise((resolve, reject) => this.#answers.push({ resolve, reject }))
    },
    explain: (error) => (error instanceof Error ? error.message : ''),
    onState: (state) => this.states.push(state),
    pause: (length) => new Promise((resolve) => this.pauses.push({ length, end: resolve })),
  })

  async accept(): Promise<void> {
    this.#answers.shift()?.resolve()
    await turn()
  }

  async refuse(): Promise<void> {
    this.#answers.shift()?.reject(new Error('The disk is full.'))
    await turn()
  }

  async wait(): Promise<void> {
    this.pauses.shift()?.end()
    await turn()
  }
}

async function turn(): Promise<void> {
  for (let each = 0; each < 8; each++) await Promise.resolve()
}

let disk: Disk

beforeEach(() => {
  disk = new Disk()
})

describe('an outbox', () => {
  test('KEEP-31: sends each update at once and is saved only when every one is on disk', async () => {
    disk.outbox.add(bytes(1))
    disk.outbox.add(bytes(2))
    expect(disk.asked).toEqual([1, 2])
    await disk.accept()
    expect(disk.states.at(-1)).toEqual({ unsaved: 1, failure: null })
    await disk.accept()
    expect(disk.states.at(-1)).toEqual({ unsaved: 0, failure: null })
  })

  test('KEEP-32: after a failure it sends everything unsaved again, in order, and nothing overtakes', async () => {
    for (const each of [1, 2, 3]) disk.outbox.add(bytes(each))
    await disk.refuse()
    expect(disk.states.at(-1)).toEqual({ unsaved: 3, failure: 'The disk is full.' })
    disk.outbox.add(bytes(4))
    await disk.accept()
    await disk.refuse()
    expect(disk.asked).toEqual([1, 2, 3])
    await disk.wait()
    expect(disk.asked).toEqual([1, 2, 3, 1])
    await disk.accept()
    await disk.accept()
    expect(disk.asked).toEqual([1, 2, 3, 1, 3, 4])
    await disk.accept()
    expect(disk.states.at(-1)).toEqual({ unsaved: 0, failure: null })
    disk.outbox.add(bytes(5))
    expect(disk.asked.at(-1)).toBe(5)
  })

  test('pauses grow while the disk keeps refusing', async () => {
    disk.outbox.add(bytes(1))
    await disk.refuse()
    const lengths: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      lengths.push(disk.pauses[0]?.length ?? 0)
      await disk.wait()
      await disk.refuse()
    }
    expect(lengths).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
  })

  test('asking to drain tries again at once and resolves when the last update is saved', async () => {
    disk.outbox.add(bytes(1))
    await disk.refuse()
    let drained = false
    const done = disk.outbox.drained().then(() => {
      drained = true
    })
    await turn()
    expect(disk.asked).toEqual([1, 1])
    expect(drained).toBe(false)
    await disk.accept()
    await done
    expect(drained).toBe(true)
  })

  test('drains at once when nothing is unsaved', async () => {
    await expect(disk.outbox.drained()).resolves.toBeUndefined()
  })
})
