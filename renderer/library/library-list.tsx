import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import type { DocumentId, EntryId } from '../../shared/ids.ts'
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { keyboard } from '../commands/shortcut.ts'
import { t } from '../strings/t.ts'
import type { Observable } from '../window/observable.ts'
import type { FoundEntry } from './filter-entries.ts'
import type { LibraryActions } from './library-actions.ts'
import { LibraryRow } from './library-row.tsx'
import { TrashRow } from './trash-row.tsx'
import { useSteadyRows } from './use-steady-rows.ts'
import { useToday } from './use-today.ts'
import { useWindowedRows } from './use-windowed-rows.ts'

export interface LibraryListProps {
  readonly rows: readonly FoundEntry[]
  /** In CSS pixels. */
  readonly rowHeight: number
  readonly trash: boolean
  readonly current: DocumentId | null
  /** The open document's title as it is being written. */
  readonly currentTitle: Observable<string | null>
  readonly actions: LibraryActions
}

/** Rows a page key moves by. */
const PAGE = 10

/** The documents, as many as there are: only rows in sight are rendered. One row is reached by Tab, the others by arrow keys. */
export function LibraryList(props: LibraryListProps) {
  const { rowHeight, trash, current, currentTitle, actions } = props
  const list = useRef<HTMLDivElement | null>(null)
  const rows = useSteadyRows(list, props.rows)
  const [activeId, setActiveId] = useState<EntryId | null>(null)
  const [renaming, setRenaming] = useState<EntryId | null>(null)
  const lastActive = useRef(0)
  const focusAfterRender = useRef(false)
  const now = useToday()

  const active = indexOfActive(rows, activeId, current, lastActive.current)
  const { rows: rendered, height, show, onScroll } = useWindowedRows(list, rows.length, rowHeight, active)

  useLayoutEffect(() => {
    if (active !== null) lastActive.current = active
    if (!focusAfterRender.current || active === null || renaming !== null) return
    const button = list.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)
    if (!button) return
    focusAfterRender.current = false
    button.focus({ preventScroll: true })
  })

  const goTo = (index: number) => {
    const row = Math.min(Math.max(index, 0), rows.length - 1)
    const found = rows[row]
    if (!found) return
    setActiveId(found.entry.id)
    focusAfterRender.current = true
    show(row)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // Keys pressed in a row's menu come here too, through React's tree.
    if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
    if (active === null || event.altKey || event.ctrlKey || event.metaKey) return
    const entry = rows[active]?.entry
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -rows.length, End: rows.length }[
      event.key
    ]
    if (move !== undefined) goTo(active + move)
    else if (!entry || trash) return
    else if (event.key === 'Enter') actions.open(entry, true)
    else if (event.key === 'F2') setRenaming(entry.id)
    else if (event.key === 'Delete' || (event.key === 'Backspace' && keyboard === 'mac')) {
      focusAfterRender.current = true
      actions.trash(entry)
    } else return
    event.preventDefault()
  }

  const rename = (id: EntryId | null) => {
    if (id !== null) setActiveId(id)
    else focusAfterRender.current = list.current?.contains(document.activeElement) ?? false
    setRenaming(id)
  }

  return (
    <div ref={list} className="library__list" onScroll={onScroll}>
      <ul
        className="library__rows"
        aria-label={trash ? t('library.trashList') : t('library.documents')}
        style={{ height }}
        onKeyDown={onKeyDown}
      >
        {rendered.map((index) => {
          const found = rows[index]
          if (!found) return null
          const { id } = found.entry
          return (
            <li
              key={id}
              className="library__row"
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${index * rowHeight}px)` }}
              onFocus={() => setActiveId(id)}
            >
              {trash ? (
                <TrashRow found={found} index={index} tabbable={index === active} actions={actions} />
              ) : (
                <LibraryRow
                  found={found}
                  index={index}
                  currentTitle={currentTitle}
                  current={isOf(found.entry, current)}
                  tabbable={index === active}
                  renaming={id === renaming}
                  now={now}
                  actions={actions}
                  onRename={rename}
                />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The row the keyboard is at: the one last focused, else the open document's; when that went away, what took its place. */
function indexOfActive(
  rows: readonly FoundEntry[],
  activeId: EntryId | null,
  current: DocumentId | null,
  lastActive: number,
): number | null {
  if (rows.length === 0) return null
  if (activeId !== null) {
    const at = rows.findIndex(({ entry }) => entry.id === activeId)
    return at === -1 ? Math.min(lastActive, rows.length - 1) : at
  }
  const open = rows.findIndex(({ entry }) => isOf(entry, current))
  return open === -1 ? 0 : open
}

/** Whether a row is the open document's. A copy has the same document id and is not what the window shows. */
function isOf(entry: LibraryEntry, current: DocumentId | null): boolean {
  return current !== null && entry.documentId === current && entry.problem !== 'copy'
}
