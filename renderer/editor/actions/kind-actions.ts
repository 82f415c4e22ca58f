/** Turning blocks into blocks of another kind. */
import {
  CodeXml,
  Heading1,
  Heading2,
  Heading3,
  Heading4,
  Heading5,
  Heading6,
  Info,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Pilcrow,
  Quote,
  Sigma,
} from 'lucide-react'
import type { BlockKind } from '../../../shared/document/block-kinds.ts'
import { t } from '../../strings/t.ts'
import { setKind, toggleKind } from '../set-kind.ts'
import type { PageAction } from './page-action.ts'

export const KIND_LABELS: Readonly<Record<BlockKind, () => string>> = {
  paragraph: () => t('command.paragraph'),
  h1: () => t('command.h1'),
  h2: () => t('command.h2'),
  h3: () => t('command.h3'),
  h4: () => t('command.h4'),
  h5: () => t('command.h5'),
  h6: () => t('command.h6'),
  bullet: () => t('command.bullet'),
  ordered: () => t('command.ordered'),
  task: () => t('command.task'),
  quote: () => t('command.quote'),
  callout: () => t('command.callout'),
  code: () => t('command.codeBlock'),
  math: () => t('command.mathBlock'),
}

const ICONS: Readonly<Record<BlockKind, LucideIcon>> = {
  paragraph: Pilcrow,
  h1: Heading1,
  h2: Heading2,
  h3: Heading3,
  h4: Heading4,
  h5: Heading5,
  h6: Heading6,
  bullet: List,
  ordered: ListOrdered,
  task: ListChecks,
  quote: Quote,
  callout: Info,
  code: CodeXml,
  math: Sigma,
}

const SHORTCUTS: Readonly<Partial<Record<BlockKind, string>>> = {
  paragraph: 'Mod+Alt+0',
  h1: 'Mod+Alt+1',
  h2: 'Mod+Alt+2',
  h3: 'Mod+Alt+3',
  h4: 'Mod+Alt+4',
  h5: 'Mod+Alt+5',
  h6: 'Mod+Alt+6',
  ordered: 'Mod+Shift+7',
  bullet: 'Mod+Shift+8',
  task: 'Mod+Shift+9',
}

const TYPED: Readonly<Partial<Record<BlockKind, string>>> = {
  h1: '#',
  h2: '##',
  h3: '###',
  h4: '####',
  h5: '#####',
  h6: '######',
  bullet: '-',
  ordered: '1.',
  task: '[ ]',
  quote: '>',
  code: '```',
  math: '$$',
}

/** Kinds a second use of the action takes back. */
const TOGGLED: ReadonlySet<BlockKind> = new Set<BlockKind>(['ordered', 'bullet', 'task', 'quote', 'callout'])

export const kindActions: readonly PageAction[] = (Object.keys(KIND_LABELS) as BlockKind[]).map((kind) => {
  const shortcut = SHORTCUTS[kind]
  const typed = TYPED[kind]
  return {
    id: `text.${kind}`,
    section: 'kind',
    icon: ICONS[kind],
    title: KIND_LABELS[kind],
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(typed === undefined ? {} : { typed }),
    keywords: () => t(`keywords.${kind}`),
    inSlashMenu: true,
    command: () => (TOGGLED.has(kind) ? toggleKind(kind) : setKind(kind)),
  }
})
