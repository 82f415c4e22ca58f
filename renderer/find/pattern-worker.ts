/** Runs a person's expressions beside the window, where one that never ends can be stopped. */
import { findPlaces } from './find-places.ts'
import type { PatternAnswer, PatternQuestion } from './pattern-search.ts'

const answer = (message: PatternAnswer) => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<PatternQuestion>) => {
  const pattern = new RegExp(data.source, data.flags)
  answer({ kind: 'found', places: data.texts.map((text) => findPlaces(pattern, text)) })
})
answer({ kind: 'ready' })
