/** The parts of the window that F6 goes through, in reading order: elements marked `data-region`. */

const FOCUSABLE =
  '[data-row][tabindex="0"], [role="textbox"], button:not([tabindex="-1"]):not([disabled]), input, [href], [tabindex="0"]'

/** Moves the keyboard's focus to the next part of the window that can take it, or with -1 to the one before. */
export function focusNextRegion(direction: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const here = regions.findIndex((region) => region.contains(document.activeElement))
  const from = here === -1 && direction === -1 ? 0 : here
  for (let step = 1; step <= regions.length; step++) {
    const region = regions[(from + direction * step + regions.length * 2) % regions.length]
    if (region && focusIn(region)) return
  }
}

/** Focuses where one would start in a region: the library's row, the page's text, else the first control. */
function focusIn(region: HTMLElement): boolean {
  const best = region.querySelector<HTMLElement>('[data-row][tabindex="0"], [role="textbox"][aria-multiline="true"]')
  const target = best ?? region.querySelector<HTMLElement>(FOCUSABLE)
  target?.focus()
  return target !== null && region.contains(document.activeElement)
}
