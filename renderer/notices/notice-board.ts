import { CircleAlert, Info } from 'lucide-react'
import { SheafError } from '../../shared/errors.ts'
import { t } from '../strings/t.ts'
import { Observable } from '../window/observable.ts'
import type { Notice, NoticeAction, Toast } from './notice.ts'

/** What this window has to tell: notices that stay until answered, and at most one toast. */
export class NoticeBoard {
  readonly notices = new Observable<readonly Notice[]>([])
  readonly toast = new Observable<Toast | null>(null)
  #made = 0

  show(notice: Notice): void {
    const others = this.notices.get().filter((other) => other.key !== notice.key)
    this.notices.set([...others, notice])
  }

  dismiss(key: string): void {
    const left = this.notices.get().filter((notice) => notice.key !== key)
    if (left.length !== this.notices.get().length) this.notices.set(left)
  }

  /** One sentence from the main process, to be read and put away. */
  tell(message: string): void {
    this.show({
      key: `told-${this.#next()}`,
      tone: 'info',
      icon: Info,
      title: message,
      text: '',
      actions: [],
      dismissible: true,
    })
  }

  /** Shows the toast in place of the one before. */
  mention(text: string, action: NoticeAction | null = null): void {
    this.toast.set({ key: `toast-${this.#next()}`, text, action })
  }

  closeToast(): void {
    this.toast.set(null)
  }

  /** Says what failed. A person's own "cancel" is no failure. The same message shown twice stays one notice. */
  fail(error: unknown, title: string = t('notice.failed'), actions: readonly NoticeAction[] = []): void {
    if (error instanceof SheafError && error.kind === 'cancelled') return
    const text = failureText(error)
    this.show({
      key: `failed-${title}-${text}`,
      tone: 'danger',
      icon: CircleAlert,
      title,
      text,
      actions,
      dismissible: true,
    })
  }

  /** Runs what a button or a command asks for; a failure becomes a notice, never silence. */
  readonly attempt = (work: () => void | Promise<void>): void => {
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => this.fail(error))
  }

  #next(): number {
    this.#made += 1
    return this.#made
  }
}

/** What failed, in a sentence a person understands. */
export function failureText(error: unknown): string {
  if (!(error instanceof SheafError)) return t('notice.internal')
  const reference = error.data['reference']
  const known = error.kind !== 'internal' || typeof reference !== 'string' || reference === ''
  return known ? error.message : `${error.message} ${t('notice.failedReference', reference)}`
}
