import { useMemo, useState } from 'react'
import { t } from '../strings/t.ts'
import { fuzzyMatch } from '../text/fuzzy-match.ts'
import { Highlighted } from '../text/highlighted.tsx'
import type { Range } from '../text/ranges.ts'
import type { Command } from './command.ts'
import { Palette, type PaletteItem } from './palette.tsx'
import { shortcutWords } from './shortcut.ts'

export interface CommandPaletteProps {
  readonly commands: readonly Command[]
  /** Closes the palette; the chosen command runs when it is gone. */
  onClose(chosen: Command | null): void
  readonly onClosed: () => void
}

interface FoundCommand {
  readonly command: Command
  readonly ranges: readonly Range[]
  readonly score: number
}

/** Every action by its name, with its shortcut. */
export function CommandPalette({ commands, onClose, onClosed }: CommandPaletteProps) {
  const [query, setQuery] = useState('')
  const found = useMemo(() => findCommands(commands, query), [commands, query])
  const items = found.map((each) => paletteItem(each, query === '', onClose))

  return (
    <Palette
      label={t('commands.label')}
      placeholder={t('commands.placeholder')}
      matching={t('commands.matching')}
      query={query}
      onQuery={setQuery}
      items={items}
      none={t('commands.none', query)}
      foot={
        <>
          <span>{t('commands.choose')}</span>
          <span>{t('commands.run')}</span>
          <span>{t('commands.close')}</span>
          <span role="status">{t('commands.found', found.length, commands.length)}</span>
        </>
      }
      onClose={() => onClose(null)}
      onClosed={onClosed}
    />
  )
}

/** What fits, best first; what can't be done now comes last. Without a query, all in their order. */
export function findCommands(commands: readonly Command[], query: string): readonly FoundCommand[] {
  const found = commands.flatMap((command) => {
    const match = fuzzyMatch(command.title, query)
    return match ? [{ command, ...match }] : []
  })
  if (query.trim() === '') return found
  const rank = ({ command, score }: FoundCommand) => (command.unavailable === '' ? score : score - 1000)
  return found.sort((a, b) => rank(b) - rank(a))
}

function paletteItem(
  { command, ranges }: FoundCommand,
  grouped: boolean,
  onClose: CommandPaletteProps['onClose'],
): PaletteItem {
  const Icon = command.icon
  return {
    key: command.id,
    heading: grouped ? t(`group.${command.group}`) : '',
    disabled: command.unavailable !== '',
    content: (
      <>
        <Icon className="icon" />
        <span className="grow clip">
          <Highlighted text={command.title} ranges={ranges} />
          {command.unavailable !== '' && <span className="quiet"> · {command.unavailable}</span>}
        </span>
        {command.shortcut && <span className="key">{shortcutWords(command.shortcut)}</span>}
      </>
    ),
    run: () => onClose(command),
  }
}
