import { type CSSProperties, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import type { Heading, OutlineWatch } from './outline-watch.ts'
import './outline.css'

export interface OutlinePanelProps {
  readonly outline: OutlineWatch
  /** Hears that the person has gone to a heading. */
  onGone(): void
}

/** The headings of the page as a tree one walks with the arrow keys; Enter or a click goes there. */
export function OutlinePanel({ outline, onGone }: OutlinePanelProps) {
  const headings = useObserved(outline.headings)
  const current = useObserved(outline.current)
  const [reached, setReached] = useState<number | null>(null)
  const tree = useRef<HTMLUListElement>(null)
  const focusable = Math.min(reached ?? Math.max(current, 0), headings.length - 1)

  useEffect(() => outline.watch(), [outline])
  useLayoutEffect(() => {
    tree.current?.querySelector('[aria-current]')?.scrollIntoView?.({ block: 'nearest' })
  }, [current])

  if (headings.length === 0) {
    return (
      <div className="panel__empty">
        <p className="strong">{t('outline.empty')}</p>
        <p>{t('outline.emptyHelp')}</p>
      </div>
    )
  }
  const top = Math.min(...headings.map(({ level }) => level))
  const go = (index: number) => {
    outline.goTo(index)
    onGone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') go(focusable)
    else {
      const next = nextItem(headings, focusable, event.key)
      if (next === null) return
      setReached(next)
      tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[next]?.focus()
    }
    event.preventDefault()
  }

  return (
    <ul
      ref={tree}
      role="tree"
      aria-label={t('panel.outline')}
      className="outline"
      onKeyDown={onKeyDown}
      onBlur={() => setReached(null)}
    >
      {headings.map(({ level, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a heading is its place in the order.
        <li
          key={index}
          role="treeitem"
          aria-level={level - top + 1}
          aria-current={index === current ? 'location' : undefined}
          tabIndex={index === focusable ? 0 : -1}
          data-row={index === focusable ? '' : undefined}
          className="outline__item"
          style={{ '--depth': level - top } as CSSProperties}
          onFocus={() => setReached(index)}
          onClick={() => go(index)}
        >
          <span className={`clip ${text.trim() === '' ? 'quiet' : ''}`}>
            {text.trim() === '' ? t('outline.untitled') : text}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Where a key leads from an item: up, down, to its first below, to the one it stands below. */
export function nextItem(headings: readonly Heading[], from: number, key: string): number | null {
  const level = headings[from]?.level ?? 0
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, headings.length - 1)
    case 'ArrowUp':
      return Math.max(from - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return headings.length - 1
    case 'ArrowRight':
      return (headings[from + 1]?.level ?? 0) > level ? from + 1 : from
    case 'ArrowLeft': {
      const above = headings.slice(0, from).findLastIndex((heading) => heading.level < level)
      return above === -1 ? from : above
    }
    default:
      return null
  }
}
