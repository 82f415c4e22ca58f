import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foundDocument } from '../../shared/log/genesis.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { DocumentStore } from './document-store.ts'
import { foundStore, removeUnfinishedStores } from './found-store.ts'

let folder: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-found-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

const members = () => [{ seq: 0, ...foundDocument(suite, 1, suite.random(16), null) }]

describe('founding a store', () => {
  it('KEEP-12: leaves one whole file, and never touches a store that is there', () => {
    const file = path.join(folder, 'a.db')
    const first = members()
    foundStore(file, first)
    foundStore(file, members())
    expect(fs.readdirSync(folder)).toEqual(['a.db'])
    const store = DocumentStore.open(file)
    expect(store.members()).toEqual(first)
    store.close()
  })

  it('KEEP-12: what a crash left of an unfinished store is no store, and goes', () => {
    const file = path.join(folder, 'a.db')
    // As the process would leave it when it died before the rename.
    DocumentStore.open(`${file}.new-00ff`, members()).close()
    fs.writeFileSync(`${file}.new-00ff-wal`, '')
    fs.writeFileSync(path.join(folder, 'a.db.damaged-1'), 'kept')
    expect(fs.existsSync(file)).toBe(false)
    removeUnfinishedStores(folder)
    expect(fs.readdirSync(folder)).toEqual(['a.db.damaged-1'])
  })
})
