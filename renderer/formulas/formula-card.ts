/** What the card of a formula has beside its TeX: what is wrong with it. The formula itself is drawn in its line as one types. */
import type { CardKind } from '../cards/open-card.ts'
import { t } from '../strings/t.ts'
import { drawFormula } from './draw-formula.ts'

export function formulaCard(): CardKind {
  return {
    className: 'card-editor--formula',
    role: 'group',
    label: () => t('formula.name'),
    placeholder: () => t('formula.placeholder'),
    makeFoot() {
      const dom = document.createElement('p')
      dom.className = 'formula__mistake chrome'
      dom.setAttribute('role', 'status')
      const drawn = document.createElement('span')
      return {
        dom,
        show: ({ textContent }) =>
          drawFormula(drawn, textContent, 'inline', (mistake) => {
            dom.textContent = mistake ?? ''
          }),
      }
    },
  }
}
