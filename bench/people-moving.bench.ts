/**
 * A key pressed in a document of a thousand blocks, until its letter is painted, while twenty people move about in it five
 * times a second each, half of them in sight: beside the same window with nobody else in it.
 */
import type { ElectronApplication } from '@playwright/test'
import * as Y from 'yjs'
import { BODY } from '../shared/document/document-shape.ts'
import { writeShape } from '../shared/document/write-shape.ts'
import { Author } from './author.ts'
import type { Bench } from './bench.ts'
import { withDisplay } from './display.ts'
import { type Line, ratioLine } from './line.ts'
import { longShape } from './long-document.ts'
import { enterMiddle, press } from './painted-keys.ts'
import { quantile } from './quantile.ts'
import { SheafProfile } from './sheaf-profile.ts'

/** A thousand blocks of twenty. */
const WORDS = 20_000
const PEOPLE = 20
/** Milliseconds between two moves, each another person's. */
const MOVES = 10
/** Places each of them goes to, round and round. */
const PLACES = 40
const PAIRS = 5
const SWITCHES = ['--disable-gpu-vsync', '--disable-frame-rate-limit'] as const

export const peopleMoving: Bench = {
  name: 'people-moving',
  run: () => withDisplay(measure),
}

async function measure(display: Readonly<Record<string, string>>): Promise<Line[]> {
  const author = Author.found()
  writeShape(author.doc, longShape(WORDS))
  author.leave()
  const content = author.content()
  const profile = await SheafProfile.with(content, display)
  const app = await profile.launch(SWITCHES)
  try {
    const page = await app.firstWindow()
    await page.locator('.ProseMirror > *').first().waitFor()
    await enterMiddle(page)
    await letMove(app, content.documentId, placesIn(author.doc))
    const rounds: { ours: number[]; theirs: number[] }[] = []
    for (let pair = -1; pair < PAIRS; pair++) {
      await setMoving(app, true)
      const ours = await press(page)
      await setMoving(app, false)
      const theirs = await press(page)
      if (pair >= 0) rounds.push({ ours, theirs })
    }
    const ratios = (share: number) =>
      rounds.map(({ ours, theirs }) => ({ ours: quantile(ours, share), theirs: quantile(theirs, share) }))
    const facts = { unit: 'ms', against: 'nobody else there' } as const
    return [
      ratioLine(
        { ...facts, name: 'people-moving-p50', what: 'key to paint, 20 people moving, p50', target: 1.1 },
        ratios(0.5),
      ),
      ratioLine({ ...facts, name: 'people-moving-p95', what: 'key to paint, 20 people moving, p95' }, ratios(0.95)),
    ]
  } finally {
    await app.close()
    profile.clear()
  }
}

/** Encoded places for each person: of half of them in the blocks around the middle, where one types. */
function placesIn(doc: Y.Doc): number[][][] {
  const body = doc.getXmlFragment(BODY)
  return Array.from({ length: PEOPLE }, (_, person) =>
    Array.from({ length: PLACES }, (_place, step) => {
      const near = Math.floor(body.length / 2) + ((person * 3 + step) % 16) - 8
      const block = body.get(person % 2 === 0 ? near : (person * 47 + step * 3) % body.length)
      const text = block instanceof Y.XmlElement ? block.firstChild : null
      if (!(text instanceof Y.XmlText)) throw new Error('The block has no text.')
      return [...Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, 1 + (step % 8), -1))]
    }),
  )
}

type Moving = { peopleMove?: boolean }

/** Has the main process tell its window of people who move, as long as it is told to. */
function letMove(app: ElectronApplication, documentId: string, places: number[][][]): Promise<void> {
  return app.evaluate(
    ({ BrowserWindow }, { documentId: document, places: all, pause }) => {
      const world = globalThis as Moving
      const bytes = all.map((each) => each.map((place) => Uint8Array.from(place)))
      const at = bytes.map(() => 0)
      let turn = 0
      let there = false
      const tell = (peers: readonly object[]) => {
        for (const { webContents } of BrowserWindow.getAllWindows())
          webContents.send('sheaf:event', 'presence.changed', { documentId: document, peers })
      }
      setInterval(() => {
        const moves = world.peopleMove === true
        if (!moves && there) tell([])
        there = moves
        if (!moves) return
        turn = (turn + 1) % bytes.length
        at[turn] = (at[turn] ?? 0) + 1
        tell(
          bytes.map((own, person) => {
            const place = own[(at[person] ?? 0) % own.length]
            const name = `Person ${person}`
            return {
              session: name,
              person: name,
              name,
              color: person % 8,
              anchor: place,
              head: place,
              typing: false,
              idle: false,
            }
          }),
        )
      }, pause)
    },
    { documentId, places, pause: MOVES },
  )
}

async function setMoving(app: ElectronApplication, moving: boolean): Promise<void> {
  await app.evaluate((_electron, moves) => {
    const world = globalThis as Moving
    world.peopleMove = moves
  }, moving)
}
