import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { t } from '../strings/t.ts'

export interface RenameFieldProps {
  readonly title: string
  /** The new title; not called when it is the old one. */
  onRename(title: string): void
  onCancel(): void
}

/** The title of a row while it is being changed: Enter or leaving it takes the new one, Escape leaves the old. */
export function RenameField({ title, onRename, onCancel }: RenameFieldProps) {
  const input = useRef<HTMLInputElement | null>(null)
  const done = useRef(false)

  useLayoutEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])

  const finish = (value: string | null) => {
    if (done.current) return
    done.current = true
    const next = value?.trim()
    if (next === undefined || next === title) onCancel()
    else onRename(next)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') finish(event.currentTarget.value)
    if (event.key === 'Escape') finish(null)
  }

  return (
    <div className="library-item library-item__rename">
      <label className="field">
        <input
          ref={input}
          defaultValue={title}
          placeholder={t('untitled')}
          aria-label={t('library.renameField')}
          onKeyDown={onKeyDown}
          onBlur={(event) => finish(event.currentTarget.value)}
        />
      </label>
    </div>
  )
}
