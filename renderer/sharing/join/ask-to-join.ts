import { t } from '../../strings/t.ts'
import type { WindowModel } from '../../window/window-model.ts'
import { whyNotWords } from '../why-not-words.ts'
import { Joining, type JoinStage } from './joining.ts'

/** Opens the join dialog, with a link that was opened outside or with none: nothing happens until a person says so there. */
export function askToJoin(model: WindowModel, link = ''): void {
  model.joining.set(new Joining(model.api, link, (stage) => tellLate(model, stage)))
  model.dialog.set('join')
}

/** How joining went, after its dialog was closed. */
function tellLate(model: WindowModel, stage: JoinStage): void {
  const { board } = model
  switch (stage.kind) {
    case 'joined':
      return board.mention(t('join.done'), { label: t('join.open'), run: () => model.show(stage.documentId) })
    case 'waiting':
      return board.tell(`${t('join.waiting')}. ${t('join.waitingLater')}`)
    case 'failed': {
      const { happened, todo } = whyNotWords(stage.why)
      return board.tell(`${t('join.failed')}. ${happened} ${todo}`)
    }
    case 'broken':
      return board.tell(`${t('join.failed')}. ${stage.sentence}`)
    case 'asking-for-link':
    case 'joining':
  }
}
