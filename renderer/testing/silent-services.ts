/** Page services that do nothing, for tests of what does not need the shell. */
import type { PageServices } from '../editor/actions/page-action.ts'

export const silentServices: PageServices = {
  editLink: () => {},
  openBlockMenu: () => {},
  openTableMenu: () => {},
  chooseImages: () => {},
  openLink: () => {},
  openDocument: () => {},
  copyAddress: () => {},
}
