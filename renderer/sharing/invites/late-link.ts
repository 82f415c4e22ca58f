import { Link } from 'lucide-react'
import type { NoticeBoard } from '../../notices/notice-board.ts'
import { t } from '../../strings/t.ts'
import { copyText } from '../../window/copy-text.ts'

/** A link that came when its dialog was closed already: told all the same, because it is told only once. */
export function showLateLink(board: NoticeBoard, title: string, link: string): void {
  const key = `link ${link}`
  const copy = () => {
    if (copyText(link)) board.mention(t('invite.copied'))
    else board.tell(link)
    board.dismiss(key)
  }
  board.show({
    key,
    tone: 'info',
    icon: Link,
    title: t('invite.late', title),
    text: t('invite.onlyNow'),
    actions: [{ label: t('invite.copy'), run: copy, primary: true }],
    dismissible: true,
  })
}
