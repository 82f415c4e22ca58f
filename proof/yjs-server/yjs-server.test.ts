import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { playBridge } from './yjs-server.ts'

it('YJS-11: both sides come to say the same, and every word comes once', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-bridge-'))
  const seed = Date.now() >>> 0
  try {
    for (let number = 0; number < 12; number++) {
      const { breaches } = await playBridge((seed + number) >>> 0, path.join(folder, String(number)))
      expect(breaches, `seed ${(seed + number) >>> 0}`).toEqual([])
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
