/**
 * The thread words are checked in: Hunspell itself, compiled to WebAssembly, so that a dictionary from anywhere can do no
 * more than keep this thread busy.
 */
import { parentPort } from 'node:worker_threads'
import type { Hunspell, HunspellFactory } from 'hunspell-asm'
import { type DictionaryText, utf8Dictionary } from './utf8-dictionary.ts'

export type SpellingRequest =
  | ({ readonly id: number; readonly task: 'load'; readonly language: string } & DictionaryText)
  | { readonly id: number; readonly task: 'check'; readonly language: string; readonly words: readonly string[] }
  | { readonly id: number; readonly task: 'suggest'; readonly language: string; readonly word: string }

/** `words`: of a check the wrong ones, of suggestions the suggested ones. `missing`: the dictionary has to be loaded first. */
export type SpellingAnswer = { readonly id: number } & (
  | { readonly words: readonly string[] }
  | { readonly missing: true }
  | { readonly problem: string }
)

/** Dictionaries kept loaded: each takes some ten megabytes. */
const KEPT = 3

/** By language, the one used last at the end. */
const loaded = new Map<string, Hunspell>()
let factory: Promise<HunspellFactory> | null = null

parentPort?.on('message', (request: SpellingRequest) => {
  answer(request).then(
    (reply) => parentPort?.postMessage({ id: request.id, ...reply }),
    (error: unknown) => parentPort?.postMessage({ id: request.id, problem: String(error) }),
  )
})

async function answer(request: SpellingRequest): Promise<Omit<SpellingAnswer, 'id'>> {
  if (request.task === 'load') {
    await load(request.language, request)
    return { words: [] }
  }
  const hunspell = loaded.get(request.language)
  if (hunspell === undefined) return { missing: true }
  loaded.delete(request.language)
  loaded.set(request.language, hunspell)
  if (request.task === 'check') return { words: request.words.filter((word) => !hunspell.spell(word)) }
  return { words: hunspell.suggest(request.word) }
}

async function load(language: string, text: DictionaryText): Promise<void> {
  const { aff, dic } = utf8Dictionary(text)
  const { create, mountBuffer, unmount } = await (factory ??= start())
  const files = [mountBuffer(aff, `${language}.aff`), mountBuffer(dic, `${language}.dic`)] as const
  try {
    loaded.set(language, create(...files))
  } finally {
    for (const file of files) unmount(file)
  }
  for (const [oldest, hunspell] of loaded) {
    if (loaded.size <= KEPT) break
    loaded.delete(oldest)
    hunspell.dispose()
  }
}

async function start(): Promise<HunspellFactory> {
  const { loadModule } = await import('hunspell-asm')
  return loadModule()
}
