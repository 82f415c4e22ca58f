import { RelayForm } from '../sharing/ways/relay-form.tsx'
import { t } from '../strings/t.ts'
import { ChoiceRow } from './choice-row.tsx'
import type { SectionProps } from './page-section.tsx'
import { SettingRow } from './setting-row.tsx'
import '../sharing/ways/ways.css'

export interface SharingSectionProps extends SectionProps {
  onRecovery(): void
  onRestore(): void
}

/** How documents go to others when nothing else was said, and the way back to them. */
export function SharingSection({ settings, onChange, onRecovery, onRestore }: SharingSectionProps) {
  return (
    <>
      <ChoiceRow<'on' | 'off'>
        label={t('settings.lan')}
        help={t('settings.lanHelp')}
        value={settings.lan ? 'on' : 'off'}
        options={[
          ['off', t('settings.off')],
          ['on', t('settings.on')],
        ]}
        onChange={(lan) => onChange({ lan: lan === 'on' })}
      />
      <SettingRow label={t('settings.relay')} help={t('settings.relayHelp')}>
        <RelayForm
          relay={settings.relay}
          label={t('ways.relayField')}
          busy={false}
          onUse={(relay) => onChange({ relay })}
        />
      </SettingRow>
      <SettingRow label={t('settings.recovery')} help={t('settings.recoveryHelp')}>
        <div className="relay">
          <button type="button" className="button" onClick={onRecovery}>
            {t('settings.showWords')}
          </button>
          <button type="button" className="button" onClick={onRestore}>
            {t('settings.restoreWords')}
          </button>
        </div>
      </SettingRow>
    </>
  )
}
