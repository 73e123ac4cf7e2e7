/*
 * The light or dark theme. This file is not a module: it runs in <head> before the first paint, so that no
 * frame has the wrong colours, and imports nothing. `build/inline-scripts.ts` writes it into the page. The
 * app uses it as `window.theme`. If it did not run, because a proxy changed the page, that is absent and the
 * page follows the system.
 */

type ThemeName = 'system' | 'light' | 'dark'

interface ThemeControl {
  readonly chosen: ThemeName
  /** Applies the theme in all tabs and, unless storage is blocked, on the next visit. */
  choose(name: ThemeName): void
  /** @returns a function that unsubscribes */
  subscribe(listener: () => void): () => void
}

// Extends the declaration of the browser.
// oxlint-disable-next-line no-unused-vars
interface Window {
  theme?: ThemeControl
}

{
  const key = 'theme'
  const listeners = new Set<() => void>()
  let chosen: ThemeName = 'system'

  const apply = (name: ThemeName) => {
    chosen = name
    document.documentElement.dataset['theme'] = name
    // The colour of the canvas before the style sheet loads, and of the browser's own controls.
    document
      .querySelector('meta[name=color-scheme]')
      ?.setAttribute('content', name === 'system' ? 'light dark' : name)
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
      const own = meta.dataset['theme']
      meta.media = name === 'system' ? `(prefers-color-scheme: ${own})` : name === own ? 'all' : 'not all'
    }
    for (const listener of listeners) listener()
  }

  const storedChoice = (): ThemeName => {
    try {
      const name = localStorage.getItem(key)
      return name === 'light' || name === 'dark' ? name : 'system'
    } catch {
      // Storage is blocked: the choice lasts until the page closes.
      return chosen
    }
  }

  apply(storedChoice())
  // On a slow connection the font would delay the app (Network Information API). Elsewhere it is preloaded,
  // so that the first frame has it.
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } }
  const font = document.currentScript?.dataset['font']
  if (connection?.saveData === true || (connection?.effectiveType ?? '4g') !== '4g')
    document.documentElement.dataset['connection'] = 'slow'
  else if (font !== undefined) {
    const link = document.createElement('link')
    Object.assign(link, { rel: 'preload', as: 'font', type: 'font/woff2', crossOrigin: '', href: font })
    document.head.append(link)
  }
  // A null key: the whole storage was cleared.
  addEventListener('storage', (event) => (event.key === key || event.key === null) && apply(storedChoice()))
  // A page from the back/forward cache missed the choice of other tabs.
  addEventListener('pageshow', (event) => event.persisted && apply(storedChoice()))

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
      apply(name)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
