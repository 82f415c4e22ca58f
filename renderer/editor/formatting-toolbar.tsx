import { Bold, ChevronDown, Code, Italic, Link, type LucideIcon, Strikethrough, Unlink } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { type KeyboardEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { BLOCK_KINDS, type BlockKind } from '../../shared/document/block-kinds.ts'
import { safeHref } from '../../shared/document/safe-href.ts'
import { KIND_LABELS } from './actions/kind-actions.ts'
import { ChoiceMenu } from '../design/choice-menu.tsx'
import type { ToggledMark } from '../documents/document-state.ts'
import { t } from '../strings/t.ts'
import type { SelectionFacts, SelectionWatch } from './selection-watch.ts'

/** What the toolbar does to the page. */
export interface FormattingActions {
  toggleMark(mark: ToggledMark): void
  setKind(kind: BlockKind): void
  setLink(href: string): void
  removeLink(): void
  /** Gives the keyboard back to the page. */
  focusPage(): void
  /** The selection in CSS pixels from the top left of the page's column; null when it can't be seen. */
  place(facts: SelectionFacts): SelectionPlace | null
}

export interface SelectionPlace {
  readonly left: number
  readonly top: number
  readonly bottom: number
  readonly width: number
}

export interface FormattingToolbarProps {
  readonly watch: SelectionWatch
  readonly actions: FormattingActions
}

const MARKS: readonly { readonly mark: ToggledMark; readonly icon: LucideIcon; readonly label: () => string }[] = [
  { mark: 'bold', icon: Bold, label: () => t('command.bold') },
  { mark: 'italic', icon: Italic, label: () => t('command.italic') },
  { mark: 'strike', icon: Strikethrough, label: () => t('command.strike') },
  { mark: 'code', icon: Code, label: () => t('command.code') },
]

/** CSS pixels between the toolbar and the selection. */
const GAP = 8

/** The toolbar above selected words. It is not there while nothing is selected, and renders on selections only. */
export function FormattingToolbar({ watch, actions }: FormattingToolbarProps) {
  const facts = useSyncExternalStore(watch.subscribe, watch.facts)
  const linking = useSyncExternalStore(watch.subscribe, watch.linking)
  const bar = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const place = facts === null ? null : actions.place(facts)
    const element = bar.current
    if (!element) return
    element.hidden = place === null
    if (place === null) return
    const { offsetWidth, offsetHeight } = element
    const above = place.top - offsetHeight - GAP
    element.style.insetInlineStart = `${Math.max(0, Math.min(place.left, place.width - offsetWidth))}px`
    element.style.insetBlockStart = `${above > -offsetHeight / 2 ? above : place.bottom + GAP}px`
  })

  if (facts === null) return null
  const backToPage = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    watch.setLinking(false)
    actions.focusPage()
  }
  return (
    <Toolbar.Root
      ref={bar}
      className="toolbar chrome"
      aria-label={t('page.formatting')}
      onKeyDown={backToPage}
      // Pressing a button must not take the selection away from the page.
      onMouseDown={(event) => {
        if (!(event.target instanceof HTMLInputElement)) event.preventDefault()
      }}
    >
      {linking ? (
        <LinkField facts={facts} actions={actions} onDone={() => watch.setLinking(false)} />
      ) : (
        <>
          <KindMenu facts={facts} actions={actions} />
          <Toolbar.Separator className="toolbar__rule" />
          {MARKS.map(({ mark, icon, label }) => (
            <ToolButton
              key={mark}
              label={label()}
              icon={icon}
              pressed={facts.marks.has(mark)}
              onClick={() => actions.toggleMark(mark)}
            />
          ))}
          <Toolbar.Separator className="toolbar__rule" />
          <ToolButton
            label={t('page.link')}
            icon={Link}
            pressed={facts.href !== null}
            onClick={() => watch.setLinking(true)}
          />
        </>
      )}
    </Toolbar.Root>
  )
}

interface ToolButtonProps {
  readonly label: string
  readonly icon: LucideIcon
  readonly pressed?: boolean
  onClick(): void
}

function ToolButton({ label, icon: Icon, pressed, onClick }: ToolButtonProps) {
  return (
    <Toolbar.Button
      className="button button--quiet button--icon"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon className="icon" />
    </Toolbar.Button>
  )
}

interface PartProps {
  readonly facts: SelectionFacts
  readonly actions: FormattingActions
}

function KindMenu({ facts, actions }: PartProps) {
  const style = facts.kind === null ? t('page.textStyles') : KIND_LABELS[facts.kind]()
  return (
    <ChoiceMenu
      label={t('page.textStyles')}
      value={facts.kind ?? ''}
      options={BLOCK_KINDS.map((kind) => ({ value: kind as string, label: KIND_LABELS[kind]() }))}
      onChange={(value) => {
        const kind = BLOCK_KINDS.find((each) => each === value)
        if (kind) actions.setKind(kind)
      }}
      onCloseAutoFocus={(event) => {
        event.preventDefault()
        actions.focusPage()
      }}
    >
      <Toolbar.Button className="button button--quiet" aria-label={t('page.textStyle', style)}>
        {style}
        <ChevronDown className="icon" />
      </Toolbar.Button>
    </ChoiceMenu>
  )
}

function LinkField({ facts, actions, onDone }: PartProps & { onDone(): void }) {
  const [address, setAddress] = useState(facts.href ?? '')
  const [bad, setBad] = useState(false)
  const apply = () => {
    const href = safeHref(address) ?? safeHref(`https://${address.trim()}`)
    if (address.trim() === '' || href === null) {
      setBad(true)
      return
    }
    actions.setLink(href)
    onDone()
    actions.focusPage()
  }
  return (
    <form
      className="toolbar__link"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <input
        // The person has just asked for this field.
        ref={focusOnce}
        className={`toolbar__address ${bad ? 'is-invalid' : ''}`}
        aria-label={t('page.linkAddress')}
        aria-invalid={bad}
        title={bad ? t('page.linkBad') : undefined}
        placeholder="https://"
        value={address}
        onChange={(event) => {
          setAddress(event.target.value)
          setBad(false)
        }}
      />
      <button type="submit" className="button button--quiet">
        {t('page.linkApply')}
      </button>
      {facts.href !== null && (
        <button
          type="button"
          className="button button--quiet button--icon"
          aria-label={t('page.linkRemove')}
          title={t('page.linkRemove')}
          onClick={() => {
            actions.removeLink()
            onDone()
            actions.focusPage()
          }}
        >
          <Unlink className="icon" />
        </button>
      )}
      {bad && (
        <span className="visually-hidden" role="alert">
          {t('page.linkBad')}
        </span>
      )}
    </form>
  )
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.select()
  field?.focus()
}
