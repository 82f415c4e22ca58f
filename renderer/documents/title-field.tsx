import { type KeyboardEvent, useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { t } from '../strings/t.ts'
import { moveCaret } from './move-caret.ts'

/** What the page asks of its title. */
export interface TitleHandle {
  /** Shows a title that somebody else may have set; the caret stays where it is. */
  show(title: string): void
  setReadOnly(readOnly: boolean): void
  focus(select: 'all' | 'end'): void
  hasFocus(): boolean
}

export interface TitleFieldProps {
  readonly ref: Ref<TitleHandle>
  onInput(title: string): void
  onUndo(): void
  onRedo(): void
  /** Enter, or the caret leaving downwards. */
  onLeave(): void
}

/** The document's title: one line of any length, wrapped. It holds its own text, so that typing renders nothing. */
export function TitleField({ ref, onInput, onUndo, onRedo, onLeave }: TitleFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const composing = useRef(false)
  /** The title to show once a composition is over. */
  const waiting = useRef<string | null>(null)

  useImperativeHandle(ref, () => ({
    show(title) {
      if (composing.current) waiting.current = title
      else if (field.current) showTitle(field.current, title)
    },
    setReadOnly(readOnly) {
      if (field.current) field.current.readOnly = readOnly
    },
    focus(select) {
      if (select === 'all') field.current?.select()
      else field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
      field.current?.focus()
    },
    hasFocus: () => field.current !== null && document.activeElement === field.current,
  }))

  useEffect(() => {
    const element = field.current
    if (!element) return
    const input = () => {
      if (/[\r\n]/.test(element.value)) showTitle(element, element.value.replace(/[\r\n]+/g, ' '))
      onInput(element.value)
    }
    element.addEventListener('input', input)
    return () => element.removeEventListener('input', input)
  }, [onInput])

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const { value, selectionStart, selectionEnd } = event.currentTarget
    const mod = event.metaKey || event.ctrlKey
    const key = event.key.toLowerCase()
    if (key === 'enter' || (key === 'arrowdown' && selectionStart === value.length && selectionEnd === value.length))
      onLeave()
    else if (mod && key === 'z' && !event.shiftKey) onUndo()
    else if (mod && (key === 'y' || key === 'z')) onRedo()
    else return
    event.preventDefault()
  }

  return (
    <textarea
      ref={field}
      className="page__title"
      rows={1}
      dir="auto"
      aria-label={t('page.title')}
      aria-multiline="false"
      placeholder={t('untitled')}
      onKeyDown={onKeyDown}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={() => {
        composing.current = false
        const title = waiting.current
        waiting.current = null
        if (title !== null && field.current) showTitle(field.current, title)
      }}
    />
  )
}

function showTitle(field: HTMLTextAreaElement, title: string): void {
  const { value, selectionStart, selectionEnd } = field
  if (value === title) return
  field.value = title
  field.setSelectionRange(moveCaret(value, title, selectionStart), moveCaret(value, title, selectionEnd))
}
