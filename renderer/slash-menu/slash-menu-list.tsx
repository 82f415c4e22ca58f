import { useLayoutEffect, useRef } from 'react'
import { shortcutWords } from '../commands/shortcut.ts'
import { t } from '../strings/t.ts'
import { Highlighted } from '../text/highlighted.tsx'
import { useObserved } from '../window/observable.ts'
import { SLASH_LIST, slashItemId, type SlashMenu } from './slash-menu.ts'

/** A place in CSS pixels from the top left of the page's column, and how far the visible page reaches above and below. */
export interface PagePlace {
  readonly left: number
  readonly top: number
  readonly bottom: number
  readonly width: number
  readonly roomAbove: number
  readonly roomBelow: number
}

export interface SlashMenuListProps {
  readonly menu: SlashMenu
  /** Where a position of the page stands; null when it can't be seen. */
  place(position: number): PagePlace | null
}

/** CSS pixels between the line and the menu. */
const GAP = 4

/** The `/` menu as one sees it, under the line with the caret, or above it where there is no room. */
export function SlashMenuList({ menu, place }: SlashMenuListProps) {
  const open = useObserved(menu.open)
  const list = useRef<HTMLDivElement>(null)
  const from = open?.from ?? null

  useLayoutEffect(() => {
    const element = list.current
    const at = from === null ? null : place(from)
    if (element === null || at === null) return
    const above = at.roomBelow < element.scrollHeight && at.roomAbove > at.roomBelow
    element.style.maxBlockSize = `${Math.max(0, (above ? at.roomAbove : at.roomBelow) - 2 * GAP)}px`
    element.style.insetInlineStart = `${Math.max(0, Math.min(at.left, at.width - element.offsetWidth))}px`
    element.style.insetBlockStart = `${above ? at.top - element.offsetHeight - GAP : at.bottom + GAP}px`
  })
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' })
  })

  if (open === null) return null
  return (
    <div ref={list} id={SLASH_LIST} role="listbox" aria-label={t('slash.label')} className="menu slash-menu chrome">
      {open.groups.map(({ section, items }) => (
        <div key={section} role="group" aria-label={t(`section.${section}`)}>
          <div className="menu__heading" aria-hidden="true">
            {t(`section.${section}`)}
          </div>
          {items.map(({ action, ranges }) => (
            // The keys are heard by the page, which keeps the caret.
            <div
              key={action.id}
              id={slashItemId(action)}
              role="option"
              aria-selected={action === open.chosen}
              className="menu__item"
              tabIndex={-1}
              onPointerMove={() => menu.point(action)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => menu.choose(action)}
            >
              <action.icon className="icon" />
              <span className="grow clip">
                <Highlighted text={action.title()} ranges={ranges} />
              </span>
              {action.typed !== undefined && <span className="key slash-menu__typed">{action.typed}</span>}
              {action.typed === undefined && action.shortcut !== undefined && (
                <span className="key">{shortcutWords(action.shortcut)}</span>
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
