/**
 * Runs the app once the head of the page, which `index.html` brings, has been drawn: to run it takes the time of several
 * frames. Its code is on the way meanwhile (`build/preload-app.ts`).
 */
function start(): void {
  void import('./main.tsx')
}

// Behind another tab nothing is drawn, and the app has a title to give it all the same.
if (document.hidden) start()
else requestAnimationFrame(() => setTimeout(start))
