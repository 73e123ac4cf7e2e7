/** The rules of the page, besides the common style of the server's pages. */
export const docsRules = `
html { scroll-padding-top: 1rem }
.docs { box-sizing: border-box; max-width: 76rem; margin: 0 auto; padding: 1.5rem }
.app-bar { box-sizing: border-box; max-width: 76rem; padding-inline: 1.5rem }
.intro p { max-width: 48rem }
.intro code { white-space: nowrap }
h1, h2, h3, h4 { line-height: 1.3; letter-spacing: -0.01em; text-wrap: balance }
h1 { margin: 0.5rem 0; font-size: 1.625rem; font-weight: 600; letter-spacing: -0.022em }
h2 { margin: 3rem 0 0.5rem; font-size: 1.25rem; font-weight: 600 }
h3 { margin: 0 0 0.25rem; font-size: 1.0625rem; font-weight: 600 }
h4 { margin: 1.25rem 0 0.25rem; font-size: 0.8125rem; font-weight: 600; letter-spacing: 0; color: var(--ink-soft) }
p, ul { margin: 0 0 0.75rem; text-wrap: pretty }
h3 a { color: inherit; font-weight: inherit; text-decoration: none }
h3 a:hover { text-decoration: underline }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 0.125rem }
code, pre { font: 0.875em/1.5 var(--mono) }
pre code { font-size: 1em }
pre { margin: 0 0 0.75rem; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); white-space: pre-wrap }
article { margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface) }
article:target { border-color: var(--accent); outline: 1px solid var(--accent) }
dl { margin: 0.5rem 0 0.75rem; border-top: 1px solid var(--line) }
article > :last-child { margin-bottom: 0 }
dl:last-child > dd:last-child { padding-bottom: 0; border-bottom: 0 }
dt { padding-top: 0.5rem; font-weight: 600 }
dd { margin: 0; padding-bottom: 0.5rem; border-bottom: 1px solid var(--line); color: var(--ink-soft) }
dd code { color: var(--ink) }
.method { display: inline-block; min-width: 3.25rem; color: var(--ink-soft); font-size: 0.75rem; font-weight: 600 }
.call { font-weight: 600 }
.or { color: var(--ink-soft) }
.reasons { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0; list-style: none; color: var(--ink-soft) }
nav h2 { margin: 1.5rem 0 0.25rem; font-size: 0.9375rem; letter-spacing: 0 }
nav ul { padding: 0; list-style: none; font-size: 0.875rem }
nav li { padding: 0.125rem 0 }
nav li a { display: inline-block; min-height: 1.5rem; color: var(--ink-soft); font-weight: 400; text-decoration: none }
nav li a:hover { color: var(--ink); text-decoration: underline }
footer { padding-block: 0 2rem; color: var(--ink-soft); font-size: 0.8125rem }
@media (min-width: 64rem) {
  .columns { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.5rem; align-items: start }
  nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding-bottom: 1.5rem }
  .operations > section:first-child h2 { margin-top: 1.5rem }
}
@media print { nav { display: none } article { break-inside: avoid-page } }
`
