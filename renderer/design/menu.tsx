import type { LucideIcon } from 'lucide-react'
import { ContextMenu, DropdownMenu } from 'radix-ui'
import { type ReactElement, useRef } from 'react'
import { type Shortcut, shortcutWords } from '../commands/shortcut.ts'

export interface MenuEntry {
  readonly label: string
  readonly icon: LucideIcon
  readonly shortcut?: Shortcut | undefined
  readonly danger?: boolean
  run(): void
}

/** Groups of entries; a line stands between two groups. */
export type MenuGroups = readonly (readonly MenuEntry[])[]

export interface MenuProps {
  readonly label: string
  readonly groups: MenuGroups
  /** The element that opens it. */
  readonly children: ReactElement
}

const GAP = 4

/** Runs the chosen entry only after the menu is gone and has given the focus back, so that the entry may take it. */
function useChosen() {
  const chosen = useRef<MenuEntry | null>(null)
  return {
    choose: (entry: MenuEntry) => {
      chosen.current = entry
    },
    runChosen: () => {
      const entry = chosen.current
      chosen.current = null
      if (entry) setTimeout(() => entry.run(), 0)
    },
  }
}

/** A menu that a button opens. Not modal: the modal kind injects a style sheet, which the content security policy forbids. */
export function ButtonMenu({ label, groups, children }: MenuProps) {
  const { choose, runChosen } = useChosen()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu chrome"
          aria-label={label}
          align="end"
          sideOffset={GAP}
          collisionPadding={GAP}
          onCloseAutoFocus={runChosen}
        >
          {groups.map((entries, group) => (
            <DropdownMenu.Group key={entries[0]?.label}>
              {group > 0 && <DropdownMenu.Separator className="menu__rule" />}
              {entries.map((entry) => (
                <DropdownMenu.Item key={entry.label} className={itemClass(entry)} onSelect={() => choose(entry)}>
                  <EntryWords entry={entry} />
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** The menu of a right click, the menu key or Shift+F10 on its child. */
export function RightClickMenu({ label, groups, children }: MenuProps) {
  const { choose, runChosen } = useChosen()
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className="menu chrome"
          aria-label={label}
          collisionPadding={GAP}
          onCloseAutoFocus={runChosen}
        >
          {groups.map((entries, group) => (
            <ContextMenu.Group key={entries[0]?.label}>
              {group > 0 && <ContextMenu.Separator className="menu__rule" />}
              {entries.map((entry) => (
                <ContextMenu.Item key={entry.label} className={itemClass(entry)} onSelect={() => choose(entry)}>
                  <EntryWords entry={entry} />
                </ContextMenu.Item>
              ))}
            </ContextMenu.Group>
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

function itemClass(entry: MenuEntry): string {
  return entry.danger ? 'menu__item menu__item--danger' : 'menu__item'
}

function EntryWords({ entry }: { readonly entry: MenuEntry }) {
  const Icon = entry.icon
  return (
    <>
      <Icon className="icon" />
      {entry.label}
      {entry.shortcut && <span className="key">{shortcutWords(entry.shortcut)}</span>}
    </>
  )
}
