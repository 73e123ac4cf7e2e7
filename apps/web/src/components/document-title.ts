/*
 * The title of the document is what these functions were told last, and never what stands there: a translator changes it.
 */

let page = 'Latchkey'
let cover: string | null = null

export function setPageTitle(title: string): void {
  page = title
  show()
}

/** Hides the title of the page, which may say what somebody was reading. @param title null shows the page's own again */
export function coverTitle(title: string | null): void {
  cover = title
  show()
}

function show(): void {
  const title = cover ?? page
  document.title = title === 'Latchkey' ? title : `${title} · Latchkey`
}
