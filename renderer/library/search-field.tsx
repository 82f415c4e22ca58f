import { Search, X } from 'lucide-react'
import type { KeyboardEvent, RefObject } from 'react'
import { IconButton } from '../design/icon-button.tsx'
import { t } from '../strings/t.ts'

export interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly query: string
  onQuery(query: string): void
  /** The person wants to go on to the list. */
  onEnterList(): void
}

/** What to look for among the documents. Escape empties it, the arrow down leads into the list. */
export function SearchField({ field, query, onQuery, onEnterList }: SearchFieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && query !== '') {
      event.stopPropagation()
      onQuery('')
    } else if (event.key === 'ArrowDown' || (event.key === 'Enter' && !event.nativeEvent.isComposing)) {
      event.preventDefault()
      onEnterList()
    }
  }

  return (
    <search className="library__search">
      {/* The label is the whole field, so that a press anywhere in it starts typing. */}
      <label className="field field--sunk">
        <Search className="icon" />
        <input
          ref={field}
          type="search"
          aria-label={t('library.search')}
          placeholder={t('library.search')}
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {query !== '' && <IconButton icon={X} small label={t('library.clearSearch')} onClick={() => onQuery('')} />}
      </label>
    </search>
  )
}
