/** What a screen reader calls a drawn formula; what it says is in the MathML inside. */
import { t } from '../strings/t.ts'

export function nameFormula(dom: HTMLElement, source: string, mistake: string | null): void {
  const isEmpty = source.trim() === ''
  const name =
    mistake !== null ? t('formula.wrong', source.slice(0, 200)) : t(isEmpty ? 'formula.empty' : 'formula.name')
  dom.setAttribute('role', mistake === null && !isEmpty ? 'group' : 'img')
  dom.setAttribute('aria-label', name)
  dom.title = mistake ?? ''
}
