/** For a `ref`: what it is on takes the keyboard when it comes. The dialog then leaves it there. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true })
}
