import { RadioGroup, Slider } from 'radix-ui'
import type { Settings, TextFace, Theme } from '../../shared/ipc/contract.ts'
import { t } from '../strings/t.ts'
import { SettingRow } from './setting-row.tsx'
import { TEXT_SIZES } from './text-sizes.ts'

export interface SectionProps {
  readonly settings: Settings
  onChange(patch: Partial<Settings>): void
}

/** How the window and the page look. */
export function AppearanceSection({ settings, onChange }: SectionProps) {
  const themes: readonly (readonly [Theme, string])[] = [
    ['system', t('settings.themeSystem')],
    ['light', t('settings.themeLight')],
    ['dark', t('settings.themeDark')],
  ]
  const faces: readonly (readonly [TextFace, string, string])[] = [
    ['literata', 'Literata', t('settings.faceLiterata')],
    ['source-serif', 'Source Serif', t('settings.faceSourceSerif')],
    ['inter', 'Inter', t('settings.faceInter')],
  ]

  return (
    <>
      <SettingRow label={t('settings.theme')}>
        <RadioGroup.Root
          className="segments"
          aria-label={t('settings.theme')}
          value={settings.theme}
          onValueChange={(theme) => onChange({ theme: theme as Theme })}
        >
          {themes.map(([theme, label]) => (
            <RadioGroup.Item key={theme} value={theme}>
              {label}
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </SettingRow>
      <SettingRow label={t('settings.face')} help={t('settings.faceHelp')}>
        <RadioGroup.Root
          className="faces"
          aria-label={t('settings.face')}
          value={settings.textFace}
          onValueChange={(textFace) => onChange({ textFace: textFace as TextFace })}
        >
          {faces.map(([face, name, help]) => (
            <RadioGroup.Item key={face} value={face} className={`face face--${face}`}>
              <b>{name}</b>
              <span className="small quiet">{help}</span>
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </SettingRow>
      <SettingRow label={t('settings.size')}>
        <div className="setting__row">
          <Slider.Root
            className="slider"
            min={TEXT_SIZES.least}
            max={TEXT_SIZES.most}
            value={[settings.textSize]}
            onValueChange={([textSize]) => textSize !== undefined && onChange({ textSize })}
          >
            <Slider.Track className="slider__track">
              <Slider.Range className="slider__range" />
            </Slider.Track>
            <Slider.Thumb
              className="slider__thumb"
              aria-label={t('settings.size')}
              aria-valuetext={t('settings.sizeValue', settings.textSize)}
            />
          </Slider.Root>
          <span className="setting__value">{settings.textSize}</span>
        </div>
      </SettingRow>
      <div className="specimen">
        <p className="small quiet">{t('settings.specimen')}</p>
        <p className="specimen__text">{t('settings.specimenText')}</p>
      </div>
    </>
  )
}
