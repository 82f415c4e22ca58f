/** What recovery words brought back, in sentences: whose words they are counts even when no document comes. */
import type { RestoredView } from '../../../shared/ipc/together.ts'
import { t } from '../../strings/t.ts'

export function restoredWords({ coming, known, newer, refused }: RestoredView): readonly string[] {
  return [
    ...(coming > 0 ? [t('restore.coming', coming)] : []),
    ...(known > 0 ? [t('restore.known', known)] : []),
    ...(newer > 0 ? [t('restore.newer', newer)] : []),
    ...(refused > 0 ? [t('restore.refused', refused)] : []),
    ...(coming + known + newer + refused === 0 ? [t('restore.none')] : []),
    t('restore.yours'),
    ...(coming + known > 0 ? [t('restore.others')] : []),
  ]
}
