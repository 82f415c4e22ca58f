import { t } from '../strings/t.ts'

/** What somebody is called: they may have come and not have said a name yet. */
export function personName(name: string): string {
  return name.trim() === '' ? t('presence.nameless') : name
}
