/** The renderer's entry: one window, one model, one tree of components. */
import './design/design.css'
import { createRoot } from 'react-dom/client'
import { assert } from '../shared/errors.ts'
import { AppShell } from './app-shell.tsx'
import { answerWindowFlush } from './documents/unsaved-work.ts'
import { SheafProvider, sheafApi } from './sheaf-api.ts'
import { WindowModel } from './window/window-model.ts'

const root = document.getElementById('root')
assert(root, 'index.html has a #root')

const api = sheafApi()
const model = new WindowModel(api)
answerWindowFlush(api, (error) => model.board.fail(error))

createRoot(root).render(
  <SheafProvider value={api}>
    <AppShell model={model} />
  </SheafProvider>,
)
