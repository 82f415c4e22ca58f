import { ChevronDown, Link, type LucideIcon } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { type KeyboardEvent, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { BLOCK_KINDS } from '../../../shared/document/block-kinds.ts'
import { type Shortcut, shortcutWords } from '../../commands/shortcut.ts'
import { ChoiceMenu } from '../../design/choice-menu.tsx'
import { t } from '../../strings/t.ts'
import { KIND_LABELS } from '../actions/kind-actions.ts'
import { type MarkAction, toggledMarks } from '../actions/mark-actions.ts'
import type { FormattingActions } from './formatting-actions.ts'
import { HighlightMenu, MoreMenu } from './formatting-menus.tsx'
import { LinkField } from './link-field.tsx'
import type { SelectionFacts, SelectionWatch } from './selection-watch.ts'
import { handFocusOver } from '../../design/hand-focus-over.ts'

export interface FormattingToolbarProps {
  readonly watch: SelectionWatch
  readonly actions: FormattingActions
}

/** CSS pixels between the toolbar and the selection. */
const GAP = 8

/** The rarer marks stand in a menu. */
function inBar({ mark }: MarkAction): boolean {
  return mark !== 'superscript' && mark !== 'subscript'
}

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
          {facts.inBlocks && (
            <>
              <KindMenu facts={facts} actions={actions} />
              <Toolbar.Separator className="toolbar__rule" />
            </>
          )}
          {toggledMarks.filter(inBar).map((action) => (
            <ToolButton
              key={action.id}
              label={action.title()}
              {...(action.shortcut === undefined ? {} : { shortcut: action.shortcut })}
              icon={action.icon}
              pressed={facts.marks.has(action.mark)}
              onClick={() => actions.act(action.id)}
            />
          ))}
          <HighlightMenu facts={facts} actions={actions} />
          <Toolbar.Separator className="toolbar__rule" />
          <ToolButton
            label={t('page.link')}
            icon={Link}
            pressed={facts.href !== null}
            onClick={() => watch.setLinking(true)}
          />
          <MoreMenu facts={facts} actions={actions} />
        </>
      )}
    </Toolbar.Root>
  )
}

interface ToolButtonProps {
  readonly label: string
  readonly icon: LucideIcon
  readonly pressed?: boolean
  readonly shortcut?: Shortcut
  onClick(): void
}

function ToolButton({ label, icon: Icon, pressed, shortcut, onClick }: ToolButtonProps) {
  return (
    <Toolbar.Button
      className="button button--quiet button--icon"
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcutWords(shortcut)})`}
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
      onCloseAutoFocus={handFocusOver(actions.focusPage)}
    >
      <Toolbar.Button className="button button--quiet" aria-label={t('page.textStyle', style)}>
        {style}
        <ChevronDown className="icon" />
      </Toolbar.Button>
    </ChoiceMenu>
  )
}
