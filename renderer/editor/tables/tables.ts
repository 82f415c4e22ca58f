/** Tables on the page: their keys, pointer and looks, in one plugin. It answers nobody's changes with changes of its own. */
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { NodeView } from 'prosemirror-view'
import { asOwnStep } from '../binding/own-step.ts'
import { CellSelection } from './cell-selection.ts'
import { eraseAcross } from './erase-across.ts'
import { tableKeys } from './table-keys.ts'
import { TableLooks } from './table-looks.ts'
import { TablePointer, tableViews } from './table-pointer.ts'
import { TableView } from './table-view.ts'

export function tables(): Plugin {
  const looks = new TableLooks()
  const pointer = new TablePointer()
  return new Plugin({
    props: {
      decorations: (state) => looks.draw(state),
      handleKeyDown: tableKeys,
      // What the browser selects from one cell to another is whole cells.
      createSelectionBetween: (_view, $anchor, $head) => {
        const cells = CellSelection.between($anchor, $head)
        return cells === null || cells.isOneCell ? null : cells
      },
      handleTextInput(view, _from, _to, text) {
        const { selection, tr } = view.state
        const across = eraseAcross(view.state)
        if (across !== null) {
          view.dispatch(across.insertText(text).scrollIntoView())
          return true
        }
        if (!(selection instanceof CellSelection)) return false
        selection.replace(asOwnStep(tr))
        view.dispatch(tr.insertText(text).scrollIntoView())
        return true
      },
      handleDOMEvents: {
        mousedown: (view, event) => pointer.press(view, event),
        mousemove: (view, event) => {
          pointer.hover(view, event)
          return false
        },
        // An input method writes into the browser's own selection, which is a caret in one cell.
        compositionstart: (view) => {
          const { selection, tr } = view.state
          if (!(selection instanceof CellSelection)) return false
          selection.replace(asOwnStep(tr))
          view.dispatch(tr)
          return false
        },
      },
    },
  })
}

export function tableView(node: Node): NodeView {
  const view = new TableView(node)
  tableViews.set(view.dom, view)
  return view
}
