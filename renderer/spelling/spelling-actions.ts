/** What a person does with words and dictionaries, in one window: calls to the main process, and the way back. */
import { spokenLanguage, t } from '../strings/t.ts'
import type { WindowModel } from '../window/window-model.ts'
import { languageName } from './choose-dictionary.ts'

export interface SpellingActions {
  /** Adds a word to the person's own dictionary. */
  learn(word: string): void
  addDictionary(): void
}

export function spellingActions({ api, board }: WindowModel): SpellingActions {
  return {
    learn: (word) =>
      board.attempt(async () => {
        await api.call('spelling.learn', word)
        board.mention(t('spelling.learned', word), {
          label: t('notice.undo'),
          run: () => api.call('spelling.forget', word),
        })
      }),
    addDictionary: () =>
      board.attempt(async () => {
        const language = await api.call('spelling.addDictionary')
        if (language !== null) board.mention(t('spelling.dictionaryAdded', languageName(language, spokenLanguage())))
      }),
  }
}
