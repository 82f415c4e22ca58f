/** What the card of a footnote has beside its words: a way to the list of notes, and taking the note away. */
import { removeCardNode } from '../cards/card-node.ts'
import type { CardKind } from '../cards/open-card.ts'
import { t } from '../strings/t.ts'
import type { NoteWatch } from './note-watch.ts'

export function noteCard(watch: NoteWatch): CardKind {
  return {
    className: 'card-editor--note',
    role: 'doc-footnote',
    label: (drawn) => t('footnote.name', Number(drawn?.textContent)),
    placeholder: () => t('footnote.placeholder'),
    makeFoot({ page, place }) {
      const dom = document.createElement('div')
      dom.className = 'card-editor__foot chrome'
      const number = () => Number(page.nodeDOM(place().pos)?.textContent)
      dom.append(
        cardButton(t('footnote.showInList'), () => watch.showInList(number())),
        cardButton(t('footnote.remove'), () => {
          page.focus()
          page.dispatch(removeCardNode(page.state.tr, place().pos))
        }),
      )
      // On a page that is only read nothing is taken away.
      return { dom, show: () => dom.lastElementChild?.toggleAttribute('hidden', !page.editable) }
    },
  }
}

function cardButton(words: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button--quiet button--small'
  button.textContent = words
  // Pressing it must not take the caret away from the words.
  button.addEventListener('mousedown', (event) => event.preventDefault())
  button.addEventListener('click', act)
  return button
}
