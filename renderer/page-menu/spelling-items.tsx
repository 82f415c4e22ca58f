import { BookPlus, EyeOff } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import type { PageMenu } from './page-menu.ts'

export interface SpellingItemsProps {
  readonly menu: PageMenu
  onReplace(word: string): void
  onLearn(): void
  onIgnore(): void
}

/** What can be done about a misspelled word: what it may have been meant to be first. */
export function SpellingItems({ menu, onReplace, onLearn, onIgnore }: SpellingItemsProps) {
  const suggestions = useObserved(menu.suggestions)
  return (
    <>
      {suggestions?.map((word) => (
        <DropdownMenu.Item
          key={word}
          className="menu__item page-menu__word"
          aria-label={t('spelling.replace', word)}
          textValue={word}
          onSelect={() => onReplace(word)}
        >
          {word}
        </DropdownMenu.Item>
      ))}
      {(suggestions === null || suggestions.length === 0) && (
        <DropdownMenu.Item className="menu__item" disabled>
          {suggestions === null ? t('spelling.looking') : t('spelling.noSuggestions')}
        </DropdownMenu.Item>
      )}
      <DropdownMenu.Separator className="menu__rule" />
      <DropdownMenu.Item className="menu__item" onSelect={onLearn}>
        <BookPlus className="icon" />
        {t('spelling.learn')}
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu__item" onSelect={onIgnore}>
        <EyeOff className="icon" />
        {t('spelling.ignore')}
      </DropdownMenu.Item>
      <DropdownMenu.Separator className="menu__rule" />
    </>
  )
}
