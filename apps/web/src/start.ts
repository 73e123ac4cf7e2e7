import { startEarlyCalls } from './early-calls/early-calls.ts'

/**
 * Runs the app after the browser has drawn the header of `index.html`, because running it takes the time of
 * several frames. Its code loads in parallel (`build/preload-app.ts`).
 */
function start(): void {
  import('./main.tsx').catch(showNotLoaded)
}

/** The longest pause between two requests to an unreachable server. */
const longestPauseMs = 60_000

/**
 * Shows that the code of the app failed to load, and reloads the page when the server is back, because
 * browsers cache a failed import. If the server answers, one reload fetches the code of a newer version.
 * Imports nothing that is another file after the build, because imports could fail too.
 */
async function showNotLoaded(error: unknown): Promise<void> {
  const isReachable = await isServerReady()
  if (isReachable && !isReload()) return location.reload()
  reportError(error)
  const main = document.createElement('main')
  main.className = 'app-not-loaded'
  main.append(
    element('h1', 'This page cannot be shown'),
    element(
      'p',
      isReachable
        ? 'A part of it failed to load. Reload it, or try another browser.'
        : 'The server cannot be reached. Check your connection, or try again in a moment.',
    ),
    retryButton(),
  )
  document.querySelector('.app-early')?.remove()
  document.querySelector('.app-late')?.replaceWith(main)
  addEventListener('online', () => void reloadOnReturn())
  if (!isReachable) waitForReturn(2_000)
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  return navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload'
}

function waitForReturn(pauseMs: number): void {
  setTimeout(() => {
    void reloadOnReturn()
    waitForReturn(Math.min(2 * pauseMs, longestPauseMs))
  }, pauseMs)
}

async function reloadOnReturn(): Promise<void> {
  if (await isServerReady()) location.reload()
}

async function isServerReady(): Promise<boolean> {
  try {
    const { ok } = await fetch('/readyz', {
      method: 'HEAD',
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
    })
    return ok
  } catch {
    return false
  }
}

function element(name: 'h1' | 'p', text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  // An alert, because screen readers find nothing else on the page.
  if (name === 'p') made.role = 'alert'
  return made
}

function retryButton(): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Try again'
  button.addEventListener('click', () => location.reload())
  return button
}

void startEarlyCalls()
// A hidden tab draws no frame, but the app must set its title.
if (document.hidden) start()
else requestAnimationFrame(() => setTimeout(start))
