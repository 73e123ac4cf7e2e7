/** Scrolls an option of a list into view, for `ref`. */
export function intoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}
