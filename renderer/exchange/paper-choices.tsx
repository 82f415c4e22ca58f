import type { PaperMargins, PaperSize } from '../../shared/exchange/paper.ts'
import { ChoiceRow } from '../settings/choice-row.tsx'
import type { SectionProps } from '../settings/page-section.tsx'
import { t } from '../strings/t.ts'

/** The paper: its size, its margins, and what stands in them. Remembered for the next time, and for printing. */
export function PaperChoices({ settings, onChange }: SectionProps) {
  return (
    <>
      <ChoiceRow<PaperSize>
        label={t('paper.size')}
        value={settings.paperSize}
        options={[
          ['a4', 'A4'],
          ['letter', 'Letter'],
          ['a5', 'A5'],
          ['legal', 'Legal'],
        ]}
        onChange={(paperSize) => onChange({ paperSize })}
      />
      <ChoiceRow<PaperMargins>
        label={t('paper.margins')}
        value={settings.paperMargins}
        options={[
          ['narrow', t('paper.narrow')],
          ['normal', t('paper.normal')],
          ['wide', t('paper.wide')],
        ]}
        onChange={(paperMargins) => onChange({ paperMargins })}
      />
      <ChoiceRow<OnOff>
        label={t('paper.header')}
        help={t('paper.headerHelp')}
        value={onOff(settings.paperHeader)}
        options={[
          ['on', t('settings.on')],
          ['off', t('settings.off')],
        ]}
        onChange={(header) => onChange({ paperHeader: header === 'on' })}
      />
      <ChoiceRow<OnOff>
        label={t('paper.footer')}
        value={onOff(settings.paperFooter)}
        options={[
          ['on', t('settings.on')],
          ['off', t('settings.off')],
        ]}
        onChange={(footer) => onChange({ paperFooter: footer === 'on' })}
      />
    </>
  )
}

type OnOff = 'on' | 'off'

function onOff(on: boolean): OnOff {
  return on ? 'on' : 'off'
}
