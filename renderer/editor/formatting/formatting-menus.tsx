import { Check, ChevronDown, Ellipsis, Highlighter } from 'lucide-react'
import { DropdownMenu, Toolbar } from 'radix-ui'
import type { ReactNode } from 'react'
import { shortcutWords } from '../../commands/shortcut.ts'
import { HIGHLIGHTS } from '../../../shared/document/mark-specs.ts'
import { t } from '../../strings/t.ts'
import { lineActions } from '../actions/line-actions.ts'
import { clearMarksAction, HIGHLIGHT_LABELS, toggledMarks } from '../actions/mark-actions.ts'
import type { PageAction } from '../actions/page-action.ts'
import type { FormattingActions } from './formatting-actions.ts'
import type { SelectionFacts } from './selection-watch.ts'
import { handFocusOver } from '../../design/hand-focus-over.ts'

interface MenuProps {
  readonly facts: SelectionFacts
  readonly actions: FormattingActions
}

const GAP = 4

/** The colours of a highlight; the one that is there takes it off. */
export function HighlightMenu({ facts, actions }: MenuProps) {
  return (
    <ToolMenu
      label={t('toolbar.highlight')}
      pressed={facts.marks.has('highlight')}
      actions={actions}
      sign={
        <>
          <Highlighter className="icon" />
          <ChevronDown className="icon icon--small" />
        </>
      }
    >
      {HIGHLIGHTS.map((color) => (
        <DropdownMenu.CheckboxItem
          key={color}
          className="menu__item"
          checked={facts.highlight === color}
          onSelect={() => actions.act(`text.highlight.${color}`)}
        >
          <span className="menu__check">{facts.highlight === color && <Check className="icon" />}</span>
          <mark className="highlight-swatch" data-color={color}>
            {HIGHLIGHT_LABELS[color]()}
          </mark>
        </DropdownMenu.CheckboxItem>
      ))}
    </ToolMenu>
  )
}

/** Raised and lowered words, alignment, direction, and no formatting at all. */
export function MoreMenu({ facts, actions }: MenuProps) {
  return (
    <ToolMenu label={t('toolbar.more')} actions={actions} sign={<Ellipsis className="icon" />}>
      {toggledMarks
        .filter(({ mark }) => mark === 'superscript' || mark === 'subscript')
        .map((action) => (
          <DropdownMenu.CheckboxItem
            key={action.id}
            className="menu__item"
            checked={facts.marks.has(action.mark)}
            onSelect={() => actions.act(action.id)}
          >
            <ActionWords action={action} checked={facts.marks.has(action.mark)} />
          </DropdownMenu.CheckboxItem>
        ))}
      <DropdownMenu.Item className="menu__item" onSelect={() => actions.act(clearMarksAction.id)}>
        <ActionWords action={clearMarksAction} />
      </DropdownMenu.Item>
      {facts.inBlocks && (
        <>
          <DropdownMenu.Separator className="menu__rule" />
          {lineActions.map((action) => (
            <DropdownMenu.Item key={action.id} className="menu__item" onSelect={() => actions.act(action.id)}>
              <ActionWords action={action} />
            </DropdownMenu.Item>
          ))}
        </>
      )}
    </ToolMenu>
  )
}

interface ToolMenuProps {
  readonly label: string
  readonly pressed?: boolean
  readonly actions: FormattingActions
  readonly sign: ReactNode
  readonly children: ReactNode
}

function ToolMenu({ label, pressed = false, actions, sign, children }: ToolMenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Toolbar.Button
          className="button button--quiet toolbar__menu"
          aria-label={label}
          title={label}
          data-pressed={pressed}
        >
          {sign}
        </Toolbar.Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu chrome"
          aria-label={label}
          align="start"
          sideOffset={GAP}
          collisionPadding={GAP}
          onCloseAutoFocus={handFocusOver(actions.focusPage)}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function ActionWords({ action, checked = false }: { readonly action: PageAction; readonly checked?: boolean }) {
  const Icon = checked ? Check : action.icon
  return (
    <>
      <Icon className="icon" />
      {action.title()}
      {action.shortcut !== undefined && <span className="key">{shortcutWords(action.shortcut)}</span>}
    </>
  )
}
