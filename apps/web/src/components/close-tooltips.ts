/**
 * Closes tooltips on Escape, until the pointer or the focus moves to another element (WCAG 2.2, 1.4.13).
 * Tooltips are CSS only and read `data-tooltips` of the document.
 */
export function closeTooltipsOnEscape(): void {
  const page = document.documentElement
  let closedAt: Element | null = null
  const open = () => {
    delete page.dataset['tooltips']
  }
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    closedAt = document.querySelector('time:hover')
    page.dataset['tooltips'] = 'closed'
  })
  document.addEventListener('focusin', open)
  document.addEventListener('pointerover', ({ target }) => {
    if (target instanceof Element && target.closest('time') !== closedAt) open()
  })
}
