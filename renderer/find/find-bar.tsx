import {
  ArrowDown,
  ArrowUp,
  CaseSensitive,
  ChevronDown,
  ChevronRight,
  type LucideIcon,
  Regex,
  WholeWord,
  X,
} from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Shortcut } from '../commands/shortcut.ts'
import { IconButton } from '../design/icon-button.tsx'
import { Hint } from '../design/hint.tsx'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import type { FindQuery } from './find-query.ts'
import type { FindSession, FindStatus } from './find-session.ts'
import './find.css'

type Option = Exclude<keyof FindQuery, 'text'>

const OPTIONS: readonly {
  readonly option: Option
  readonly icon: LucideIcon
  readonly label: () => string
  readonly shortcut: Shortcut
}[] = [
  { option: 'matchCase', icon: CaseSensitive, label: () => t('find.matchCase'), shortcut: 'Alt+C' },
  { option: 'wholeWord', icon: WholeWord, label: () => t('find.wholeWord'), shortcut: 'Alt+W' },
  { option: 'regex', icon: Regex, label: () => t('find.regex'), shortcut: 'Alt+R' },
]

/** The bar of find and replace above the page; nothing while nobody asked for it. */
export function FindBar({ find }: { readonly find: FindSession }) {
  const bar = useObserved(find.bar)
  const query = useObserved(find.query)
  const status = useObserved(find.status)
  const [words, setWords] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const asked = bar?.asked

  useEffect(() => {
    if (asked === undefined) return
    field.current?.focus()
    field.current?.select()
  }, [asked])

  if (bar === null) return null

  const toggle = (option: Option) => find.setQuery({ ...query, [option]: !query[option] })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const option = event.altKey && OPTIONS.find(({ shortcut }) => event.code === `Key${shortcut.at(-1)}`)
    if (event.key === 'Escape') find.close()
    else if (option) toggle(option.option)
    else return
    event.preventDefault()
  }
  const onEnter = (run: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    run(event)
  }
  const nothing = status.total === 0

  return (
    // biome-ignore lint/a11y/useSemanticElements: the element has no role in older readers.
    <form
      role="search"
      aria-label={t('find.label')}
      className="find chrome"
      data-region
      onKeyDown={onKeyDown}
      onSubmit={(event) => event.preventDefault()}
    >
      <IconButton
        icon={bar.replacing ? ChevronDown : ChevronRight}
        label={bar.replacing ? t('find.hideReplace') : t('find.showReplace')}
        aria-expanded={bar.replacing}
        className="find__fold"
        onClick={() => find.setReplacing(!bar.replacing)}
      />
      <div className="find__rows">
        <div className="find__row">
          <div className={`field find__field ${status.problem === null ? '' : 'is-invalid'}`}>
            <input
              ref={field}
              aria-label={t('find.field')}
              aria-invalid={status.problem !== null}
              autoComplete="off"
              spellCheck={false}
              placeholder={t('find.field')}
              value={query.text}
              onChange={(event) => find.setQuery({ ...query, text: event.target.value })}
              onKeyDown={onEnter((event) => find.next(event.shiftKey ? -1 : 1))}
            />
            {OPTIONS.map(({ option, icon: Icon, label, shortcut }) => (
              <Hint key={option} label={label()} shortcut={shortcut}>
                <button
                  type="button"
                  className="button button--quiet button--icon button--small"
                  aria-label={label()}
                  aria-pressed={query[option]}
                  onClick={() => toggle(option)}
                >
                  <Icon className="icon" />
                </button>
              </Hint>
            ))}
          </div>
          <IconButton
            icon={ArrowUp}
            label={t('find.previous')}
            shortcut="Shift+Enter"
            disabled={nothing}
            onClick={() => find.next(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label={t('find.next')}
            shortcut="Enter"
            disabled={nothing}
            onClick={() => find.next(1)}
          />
          <span className={`find__status ${status.problem === null ? '' : 'find__status--bad'}`} role="status">
            {query.text === '' ? '' : statusWords(status)}
          </span>
        </div>
        {bar.replacing && (
          <div className="find__row">
            <div className="field find__field">
              <input
                aria-label={t('find.replaceField')}
                autoComplete="off"
                spellCheck={false}
                placeholder={t('find.replaceField')}
                value={words}
                onChange={(event) => setWords(event.target.value)}
                onKeyDown={onEnter((event) =>
                  event.ctrlKey || event.metaKey ? find.replaceAll(words) : find.replace(words),
                )}
              />
            </div>
            <button type="button" className="button" disabled={nothing} onClick={() => find.replace(words)}>
              {t('find.replace')}
            </button>
            <button type="button" className="button" disabled={nothing} onClick={() => find.replaceAll(words)}>
              {t('find.replaceAll')}
            </button>
          </div>
        )}
      </div>
      <IconButton icon={X} label={t('window.close')} shortcut="Escape" onClick={() => find.close()} />
    </form>
  )
}

/** What the bar says about the matches: first what is wrong, then what just happened, then where one is. */
export function statusWords({ total, at, problem, remark }: FindStatus): string {
  if (problem !== null) return problem.kind === 'bad' ? t('find.bad', problem.reason) : t('find.slow')
  if (remark?.kind === 'replaced') return t('find.replaced', remark.count)
  if (total === 0) return t('find.none')
  const place = at === 0 ? t('find.found', total) : t('find.place', at, total)
  if (remark === null) return place
  return `${place} · ${remark.kind === 'from-start' ? t('find.fromStart') : t('find.fromEnd')}`
}
