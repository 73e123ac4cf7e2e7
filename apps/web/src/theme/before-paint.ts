/*
 * Light or dark. This file is no module: it runs in <head> before anything is painted, so that no frame has
 * the wrong colours, and it imports nothing. `build/theme-script.ts` makes a file of its own of it. The rest
 * of the app meets it as `window.theme`, which is absent when the file did not arrive; then the page follows
 * the system.
 */

type ThemeName = 'system' | 'light' | 'dark'

interface ThemeControl {
  readonly chosen: ThemeName
  /** Also for the next visit and for the other tabs, where the browser lets us remember anything. */
  choose(name: ThemeName): void
  /** @returns how to stop listening */
  subscribe(listener: () => void): () => void
}

// It joins the declaration of the browser.
// oxlint-disable-next-line no-unused-vars
interface Window {
  theme?: ThemeControl
}

{
  const key = 'theme'
  const listeners = new Set<() => void>()
  let chosen: ThemeName = 'system'

  const wear = (name: ThemeName) => {
    chosen = name
    document.documentElement.dataset['theme'] = name
    // The canvas before the style sheet is there, and what the browser draws around the page.
    document
      .querySelector('meta[name=color-scheme]')
      ?.setAttribute('content', name === 'system' ? 'light dark' : name)
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
      const own = meta.dataset['theme']
      meta.media = name === 'system' ? `(prefers-color-scheme: ${own})` : name === own ? 'all' : 'not all'
    }
    for (const listener of listeners) listener()
  }

  const remembered = (): ThemeName => {
    try {
      const name = localStorage.getItem(key)
      return name === 'light' || name === 'dark' ? name : 'system'
    } catch {
      // Storage is blocked: the choice lasts until the page closes.
      return chosen
    }
  }

  wear(remembered())
  // Null: everything was cleared.
  addEventListener('storage', (event) => (event.key === key || event.key === null) && wear(remembered()))
  // A page from the back/forward cache missed the choice of other tabs.
  addEventListener('pageshow', (event) => event.persisted && wear(remembered()))

  window.theme = {
    get chosen() {
      return chosen
    },
    choose(name) {
      try {
        if (name === 'system') localStorage.removeItem(key)
        else localStorage.setItem(key, name)
      } catch {
        // As above.
      }
      wear(name)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
