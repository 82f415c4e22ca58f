import { ChevronDown, PanelLeft, Settings, SquarePen, Trash2 } from 'lucide-react'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { DocumentId } from '../../shared/ids.ts'
import type { Density, LibraryOrder, LibraryView } from '../../shared/ipc/contract.ts'
import { ChoiceMenu } from '../design/choice-menu.tsx'
import { IconButton } from '../design/icon-button.tsx'
import { t } from '../strings/t.ts'
import type { Observable } from '../window/observable.ts'
import { EmptyList } from './empty-list.tsx'
import { filterEntries } from './filter-entries.ts'
import { type FolderPlace, folderPlaces } from './folders.ts'
import type { LibraryActions } from './library-actions.ts'
import { LibraryList } from './library-list.tsx'
import { entriesAt, type LibraryPlace } from './library-place.ts'
import { Places } from './places.tsx'
import { ResizeHandle, type ResizeHandleProps } from './resize-handle.tsx'
import { SearchField } from './search-field.tsx'
import { ROW_HEIGHTS } from './visible-rows.ts'

export interface LibraryPaneProps {
  readonly view: LibraryView
  readonly current: DocumentId | null
  readonly currentTitle: Observable<string | null>
  readonly place: LibraryPlace
  readonly order: LibraryOrder
  readonly density: Density
  readonly actions: LibraryActions
  readonly searchField: RefObject<HTMLInputElement | null>
  /** Above the page instead of beside it. */
  readonly over: boolean
  readonly resize: ResizeHandleProps
  onPlace(place: LibraryPlace): void
  onOrder(order: LibraryOrder): void
  onHide(): void
  onSettings(): void
}

/** The library at the left of the window: where to look, what to look for, and what there is. */
export function LibraryPane(props: LibraryPaneProps) {
  const { view, current, currentTitle, order, density, actions, searchField, over, resize } = props
  const { onPlace, onOrder, onHide, onSettings } = props
  const [query, setQuery] = useState('')
  const pane = useRef<HTMLElement | null>(null)

  const folders = useMemo(() => folderPlaces(view.entries), [view.entries])
  const place = standingPlace(props.place, folders)
  const rows = useMemo(() => filterEntries(entriesAt(view, place, order), query), [view, place, order, query])
  const inTrash = place.kind === 'trash'

  useEffect(() => {
    if (!over) return
    const row = pane.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')
    if (row) row.focus()
    else searchField.current?.focus()
  }, [over, searchField])

  const enterList = () => pane.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()

  return (
    <nav
      ref={pane}
      className={`library chrome ${over ? 'library--over' : ''}`}
      aria-label={t('window.library')}
      data-region
      onKeyDown={(event) => over && event.key === 'Escape' && !event.defaultPrevented && onHide()}
    >
      <div className="library__head">
        <h2 className="library__name clip" title={view.path}>
          {view.name}
        </h2>
        <IconButton icon={PanelLeft} label={t('library.hide')} shortcut="Mod+\" onClick={onHide} />
        <IconButton icon={SquarePen} label={t('library.new')} shortcut="Mod+N" onClick={() => actions.create()} />
      </div>
      <SearchField field={searchField} query={query} onQuery={setQuery} onEnterList={enterList} />
      <Places all={view.entries.length} folders={folders} place={place} onPlace={onPlace} />
      {(view.entries.length > 0 || inTrash) && (
        <div className="library__section">
          {inTrash || query !== '' ? (
            <span className="grow clip" role="status">
              {query === '' ? t('library.trash') : t('library.found', rows.length)}
            </span>
          ) : (
            <ChoiceMenu<LibraryOrder>
              label={t('library.order')}
              value={order}
              options={[
                { value: 'changed', label: t('library.orderChanged') },
                { value: 'title', label: t('library.orderTitle') },
              ]}
              onChange={onOrder}
            >
              <button type="button" className="button button--quiet button--small">
                {order === 'changed' ? t('library.orderChanged') : t('library.orderTitle')}
                <ChevronDown className="icon icon--small" />
              </button>
            </ChoiceMenu>
          )}
        </div>
      )}
      {rows.length === 0 && <EmptyList query={query} place={place} complete={view.complete} />}
      <LibraryList
        key={place.kind}
        rows={rows}
        rowHeight={ROW_HEIGHTS[density]}
        trash={inTrash}
        current={current}
        currentTitle={currentTitle}
        actions={actions}
      />
      <div className="library__foot">
        <button
          type="button"
          className="button button--quiet"
          aria-pressed={inTrash}
          onClick={() => onPlace(inTrash ? { kind: 'all' } : { kind: 'trash' })}
        >
          <Trash2 className="icon" />
          {t('library.trash')}
          {view.trash.length > 0 && <span className="place__count">{view.trash.length}</span>}
        </button>
        <span className="grow" />
        <IconButton icon={Settings} label={t('command.settings')} shortcut="Mod+," onClick={onSettings} />
      </div>
      {!over && <ResizeHandle {...resize} />}
    </nav>
  )
}

const ALL: LibraryPlace = { kind: 'all' }

/** A folder whose last document went away is no place any more. */
function standingPlace(place: LibraryPlace, folders: readonly FolderPlace[]): LibraryPlace {
  return place.kind === 'folder' && !folders.some(({ folder }) => folder === place.folder) ? ALL : place
}
