import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { type PagePlace, usePlaced } from './page-place.ts'

export interface PickerListProps {
  readonly picker: { readonly listId: string }
  readonly label: string
  readonly className: string
  readonly children: ReactNode
  /** Where the sign stands; null when it can't be seen. */
  place(): PagePlace | null
}

/** A typed picker's list as one sees it. What is pointed at is always in sight. */
export function PickerList({ picker, label, className, children, place }: PickerListProps) {
  const list = useRef<HTMLDivElement>(null)
  usePlaced(list, place)
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' })
  })
  return (
    <div ref={list} id={picker.listId} role="listbox" aria-label={label} className={`menu picker ${className} chrome`}>
      {children}
    </div>
  )
}

export interface PickerOptionProps<Item> {
  readonly picker: { idOf(item: Item): string; point(item: Item): void; choose(item: Item): void }
  readonly item: Item
  readonly chosen: boolean
  readonly tall?: boolean
  readonly children: ReactNode
}

/** One item of such a list. The keys are heard by the page, which keeps the caret. */
export function PickerOption<Item>({ picker, item, chosen, tall = false, children }: PickerOptionProps<Item>) {
  return (
    <div
      id={picker.idOf(item)}
      role="option"
      aria-selected={chosen}
      className={tall ? 'menu__item picker__tall' : 'menu__item'}
      tabIndex={-1}
      onPointerMove={() => picker.point(item)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => picker.choose(item)}
    >
      {children}
    </div>
  )
}
