/*
 * Uses the template that index.html has for the opened page: the links to its code, or the log-in or sign-up
 * form, before the code of the app has come, which takes seconds on a slow connection. What the user types,
 * and a submit, wait for the app (`use-early-form.ts`). This file is not a module and imports nothing:
 * `build/inline-scripts.ts` writes it into the page.
 */

// Extends the declaration of the browser.
// oxlint-disable-next-line no-unused-vars
interface Window {
  /** Absent on other pages, and once the app has its own form. */
  earlyForm?: HTMLFormElement
}

{
  const templates = document.querySelectorAll<HTMLTemplateElement>('template[data-path]')
  const template = [...templates].find(({ dataset }) => dataset['path'] === location.pathname)
  template?.replaceWith(template.content)
  const form = document.querySelector<HTMLFormElement>('.app-early-form')
  if (form !== null) {
    window.earlyForm = form
    // Sign-up leads where log-in would, and the other way round.
    const other = document.querySelector<HTMLAnchorElement>('.app-early-help a')
    if (other !== null) other.search = location.search
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      form.dataset['submitted'] = ''
      form.querySelector('button')?.setAttribute('aria-busy', 'true')
    })
    form.querySelector('input')?.focus({ preventScroll: true })
  }
}
