/** What jsdom lacks because it lays nothing out: everything stands at the top left and keeps its size. */
Range.prototype.getBoundingClientRect = () => new DOMRect()
Range.prototype.getClientRects = () => [new DOMRect()] as unknown as DOMRectList
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
