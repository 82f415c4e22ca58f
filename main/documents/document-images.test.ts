import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { LIMITS } from '../storage/sheaf-file.ts'
import { DetachedDocument } from './detached-document.ts'
import { examineDocument } from './examine-document.ts'
import { Desk } from './open-document.fixture.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { fromHex } from '../../shared/ids.ts'

const ports = { suite, clock: { now: () => 1_700_000_000_000 }, appVersion: '0.1.0' }
const picture = (...more: number[]) => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...more])
const image = (blob: string) => ({ node: 'image', attributes: { blob }, content: [] })

let desk: Desk
beforeEach(() => {
  desk = new Desk()
})
afterEach(() => desk.clear())

describe('pictures of a document', () => {
  it('IMAGE-1: are on disk when their name is known, and go with every copy of the file', () => {
    const id = desk.found()
    const document = desk.open(id)
    const name = document.pictures.add(picture(1))
    document.close()
    const again = desk.open(id)
    expect(again.pictures.get(name)).toEqual({ hash: fromHex(name), mime: 'image/png', bytes: picture(1) })
    const { blobs } = again.content()
    expect(blobs).toHaveLength(1)
    const copy = DetachedDocument.from(ports, again.content())
    expect(copy.image(name)?.bytes).toEqual(picture(1))
    expect(copy.content().blobs).toEqual(blobs)
    again.close()
  })

  it('IMAGE-1: of two copies are all in the merged one', () => {
    const mine = DetachedDocument.found(ports)
    const theirs = DetachedDocument.from(ports, mine.content())
    const names = [mine.addImage(picture(1)), theirs.addImage(picture(2)), theirs.addImage(picture(1))]
    mine.merge(theirs.content())
    expect(names[2]).toBe(names[0])
    expect(names.map((name) => mine.image(name)?.bytes.at(-1))).toEqual([1, 2, 1])
  })

  it('IMAGE-2: are refused when they are none, or too big, and nothing is kept', () => {
    const document = desk.open(desk.found())
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
    expect(() => document.pictures.add(svg)).toThrow(expect.objectContaining({ kind: 'unsupported' }))
    const huge = new Uint8Array(LIMITS.blob + 1)
    huge.set(picture())
    expect(() => document.pictures.add(huge)).toThrow(expect.objectContaining({ kind: 'too-big' }))
    expect(document.content().blobs).toEqual([])
    document.close()
  })

  it('IMAGE-3: that are not what their names say are left out, the words taken in, and verifying tells', () => {
    const theirs = DetachedDocument.found(ports)
    const good = theirs.addImage(picture(1))
    const bad = theirs.addImage(picture(2))
    theirs.edit((doc) => writeShape(doc, { title: 'Trip', content: [image(good), image(bad)] }))
    const content = theirs.content()
    const garbled = {
      ...content,
      blobs: content.blobs.map((blob) => (blob.bytes.at(-1) === 2 ? { ...blob, bytes: picture(3) } : blob)),
    }
    const mine = DetachedDocument.from(ports, garbled)
    expect(mine.shape()).toEqual(theirs.shape())
    expect(mine.image(good)).not.toBeNull()
    expect(mine.image(bad)).toBeNull()
    const sentences = examineDocument(suite, garbled, '0.1.0').findings.map(({ sentence }) => sentence)
    expect(sentences).toContain('1 picture is damaged.')
    expect(sentences).toContain('1 picture is not in the file.')
    expect(examineDocument(suite, content, '0.1.0').findings.filter(({ severity }) => severity === 'problem')).toEqual(
      [],
    )
  })
})
