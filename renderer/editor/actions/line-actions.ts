/** How lines are set: alignment, direction, the tones of a callout, the numbers of a list. */
import {
  AlignCenter,
  AlignJustify,
  AlignLeft,
  AlignRight,
  Info,
  Lightbulb,
  ListRestart,
  type LucideIcon,
  MessageSquareWarning,
  OctagonAlert,
  PilcrowLeft,
  PilcrowRight,
  TriangleAlert,
  WandSparkles,
} from 'lucide-react'
import { TONES, type Tone } from '../../../shared/document/block-kinds.ts'
import { t } from '../../strings/t.ts'
import { restartNumbering } from '../lists/lists.ts'
import { setAlignment, setDirection, setTone } from '../set-lines.ts'
import type { PageAction } from './page-action.ts'

export const TONE_LABELS: Readonly<Record<Tone, () => string>> = {
  note: () => t('tone.note'),
  tip: () => t('tone.tip'),
  important: () => t('tone.important'),
  warning: () => t('tone.warning'),
  caution: () => t('tone.caution'),
}

const TONE_ICONS: Readonly<Record<Tone, LucideIcon>> = {
  note: Info,
  tip: Lightbulb,
  important: MessageSquareWarning,
  warning: TriangleAlert,
  caution: OctagonAlert,
}

export const toneActions: readonly PageAction[] = TONES.map((tone) => ({
  id: `text.tone.${tone}`,
  section: 'kind',
  icon: TONE_ICONS[tone],
  title: () => t('command.calloutTone', TONE_LABELS[tone]()),
  keywords: () => t('keywords.callout'),
  inSlashMenu: tone !== 'note',
  command: () => setTone(tone),
}))

export const lineActions: readonly PageAction[] = [
  {
    id: 'text.alignStart',
    section: 'block',
    icon: AlignLeft,
    title: () => t('command.alignStart'),
    keywords: () => t('keywords.align'),
    shortcut: 'Mod+Shift+L',
    command: () => setAlignment(null),
  },
  {
    id: 'text.alignCenter',
    section: 'block',
    icon: AlignCenter,
    title: () => t('command.alignCenter'),
    keywords: () => t('keywords.align'),
    shortcut: 'Mod+Shift+E',
    command: () => setAlignment('center'),
  },
  {
    id: 'text.alignEnd',
    section: 'block',
    icon: AlignRight,
    title: () => t('command.alignEnd'),
    keywords: () => t('keywords.align'),
    shortcut: 'Mod+Shift+R',
    command: () => setAlignment('end'),
  },
  {
    id: 'text.alignJustify',
    section: 'block',
    icon: AlignJustify,
    title: () => t('command.alignJustify'),
    keywords: () => t('keywords.align'),
    shortcut: 'Mod+Shift+J',
    command: () => setAlignment('justify'),
  },
  {
    id: 'text.directionAuto',
    section: 'block',
    icon: WandSparkles,
    title: () => t('command.directionAuto'),
    keywords: () => t('keywords.direction'),
    command: () => setDirection(null),
  },
  {
    id: 'text.directionLtr',
    section: 'block',
    icon: PilcrowRight,
    title: () => t('command.directionLtr'),
    keywords: () => t('keywords.direction'),
    command: () => setDirection('ltr'),
  },
  {
    id: 'text.directionRtl',
    section: 'block',
    icon: PilcrowLeft,
    title: () => t('command.directionRtl'),
    keywords: () => t('keywords.direction'),
    command: () => setDirection('rtl'),
  },
]

export const listActions: readonly PageAction[] = [
  {
    id: 'text.restartNumbering',
    section: 'block',
    icon: ListRestart,
    title: () => t('command.restartNumbering'),
    keywords: () => t('keywords.restartNumbering'),
    command: () => restartNumbering,
  },
]
