import type { Command } from '../commands/command.ts'
import { shortcutWords } from '../commands/shortcut.ts'

/** Every command that has a shortcut. */
export function ShortcutsSection({ commands }: { readonly commands: readonly Command[] }) {
  return (
    <dl className="shortcuts">
      {commands.map(
        ({ id, title, shortcut }) =>
          shortcut && (
            <div key={id}>
              <dt>{title}</dt>
              <dd className="key">{shortcutWords(shortcut)}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
