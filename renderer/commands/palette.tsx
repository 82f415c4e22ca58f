import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { Modal } from '../design/modal.tsx'

export interface PaletteItem {
  readonly key: string
  /** Stands above the item when the item before has another one, or ''. */
  readonly heading: string
  readonly tall?: boolean
  /** A line above it parts it from the items before. */
  readonly apart?: boolean
  readonly disabled?: boolean
  readonly content: ReactNode
  run(event: { readonly ctrlKey: boolean; readonly metaKey: boolean }): void
}

export interface PaletteProps {
  readonly label: string
  readonly placeholder: string
  readonly matching: string
  readonly query: string
  onQuery(query: string): void
  readonly items: readonly PaletteItem[]
  /** What stands in place of an empty list. */
  readonly none: string
  readonly foot: ReactNode
  onClose(): void
  readonly onClosed: () => void
}

/** A field with a list under it, steered by the keyboard: what one types leaves fewer items, Enter takes the chosen one. */
export function Palette({
  label,
  placeholder,
  matching,
  query,
  onQuery,
  items,
  none,
  foot,
  onClose,
  onClosed,
}: PaletteProps) {
  const listId = useId()
  const list = useRef<HTMLDivElement | null>(null)
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, items.length - 1)

  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' })
  })

  const take = (item: PaletteItem | undefined, event: { readonly ctrlKey: boolean; readonly metaKey: boolean }) => {
    if (item && !item.disabled) item.run(event)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const last = items.length - 1
    if (event.key === 'ArrowDown') setChosen(at >= last ? 0 : at + 1)
    else if (event.key === 'ArrowUp') setChosen(at <= 0 ? last : at - 1)
    else if (event.key === 'Enter') take(items[at], event)
    else return
    event.preventDefault()
  }

  return (
    <Modal label={label} className="palette" onClose={onClose} onClosed={onClosed}>
      <div className="palette__input">
        <Search className="icon" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={items.length > 0 ? `${listId}-${at}` : undefined}
          aria-label={label}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            onQuery(event.target.value)
            setChosen(0)
            list.current?.scrollTo?.({ top: 0 })
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {items.length === 0 && <p className="palette__list palette__none">{none}</p>}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={matching}
        className="palette__list"
        hidden={items.length === 0}
      >
        {items.map((item, index) => (
          <PaletteRow
            key={item.key}
            id={`${listId}-${index}`}
            item={item}
            heading={item.heading !== items[index - 1]?.heading ? item.heading : ''}
            chosen={index === at}
            onPoint={() => setChosen(index)}
            onTake={(event) => take(item, event)}
          />
        ))}
      </div>
      <div className="palette__foot">{foot}</div>
    </Modal>
  )
}

interface PaletteRowProps {
  readonly id: string
  readonly item: PaletteItem
  readonly heading: string
  readonly chosen: boolean
  onPoint(): void
  onTake(event: { readonly ctrlKey: boolean; readonly metaKey: boolean }): void
}

function PaletteRow({ id, item, heading, chosen, onPoint, onTake }: PaletteRowProps) {
  return (
    <>
      {item.apart && <div className="menu__rule" role="presentation" />}
      {heading !== '' && (
        <div className="menu__heading" role="presentation">
          {heading}
        </div>
      )}
      {/* The keys are heard by the field, which keeps the focus. */}
      <div
        id={id}
        role="option"
        aria-selected={chosen}
        aria-disabled={item.disabled || undefined}
        className={`menu__item ${item.tall ? 'menu__item--tall' : ''}`}
        tabIndex={-1}
        onPointerMove={onPoint}
        onPointerDown={(event) => event.preventDefault()}
        onClick={onTake}
      >
        {item.content}
      </div>
    </>
  )
}
