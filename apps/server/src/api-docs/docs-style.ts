import { accentColours } from '@app/contract/accent-colours'
import { brand } from '@app/contract/brand'

const accent = accentColours(brand.accent)
const radius = `${brand.radius / 16}rem`

/** The style of the page, with the colours of the web app's `tokens.css`. */
export const docsStyle = `
:root { color-scheme: light dark; --paper: light-dark(#f8f9fa, #0f1113); --surface: light-dark(#fff, #181b1e); --ink: light-dark(#14181c, #eceef0); --soft: light-dark(#565e69, #a4adb8); --line: light-dark(#e3e6ea, #2a2f35); --accent: light-dark(${accent.light}, ${accent.dark}); scroll-padding-top: 1rem }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 0.9375rem/1.5 ${brand.font}, ${brand.systemFonts}; overflow-wrap: anywhere }
header p { max-width: 48rem }
header svg { width: 2.5rem; fill: var(--accent) }
header path { fill: none; stroke: light-dark(#fff, ${accent.onDark}); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round }
h1, h2, h3, h4 { line-height: 1.3; letter-spacing: -0.01em; text-wrap: balance }
h1 { margin: 0.5rem 0; font-size: 1.5rem; font-weight: 600 }
h2 { margin: 3rem 0 0.5rem; font-size: 1.25rem; font-weight: 600 }
h3 { margin: 0 0 0.25rem; font-size: 1.0625rem; font-weight: 600 }
h4 { margin: 1.25rem 0 0.25rem; font-size: 0.8125rem; font-weight: 600; letter-spacing: 0; color: var(--soft) }
p, ul { margin: 0 0 0.75rem; text-wrap: pretty }
a { color: var(--accent); font-weight: 500; text-underline-offset: 0.2em }
h3 a { color: inherit; font-weight: inherit; text-decoration: none }
h3 a:hover { text-decoration: underline }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 0.125rem }
code { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
pre { margin: 0 0 0.75rem; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: ${radius}; background: var(--paper); white-space: pre-wrap }
article { margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: ${radius}; background: var(--surface) }
article:target { border-color: var(--accent); outline: 1px solid var(--accent) }
dl { margin: 0.5rem 0 0.75rem; border-top: 1px solid var(--line) }
article > :last-child { margin-bottom: 0 }
dl:last-child > dd:last-child { padding-bottom: 0; border-bottom: 0 }
dt { padding-top: 0.5rem; font-weight: 600 }
dd { margin: 0; padding-bottom: 0.5rem; border-bottom: 1px solid var(--line); color: var(--soft) }
dd code { color: var(--ink) }
.method { display: inline-block; min-width: 3.25rem; color: var(--soft); font-size: 0.75rem; font-weight: 600 }
.call { font-weight: 600 }
.or { color: var(--soft) }
.reasons { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0; list-style: none; color: var(--soft) }
nav h2 { margin: 1.5rem 0 0.25rem; font-size: 1rem }
nav ul { padding: 0; list-style: none; font-size: 0.875rem }
nav li { padding: 0.125rem 0 }
nav li a { display: inline-block; min-height: 1.5rem }
footer { margin-top: 3rem; color: var(--soft); font-size: 0.8125rem }
@media (min-width: 64rem) {
  .columns { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.5rem; align-items: start }
  nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding-bottom: 1.5rem }
  main > section:first-child h2 { margin-top: 1.5rem }
}
@media print { nav { display: none } article { break-inside: avoid-page } }
@media (forced-colors: active) { header svg { fill: CanvasText } header path { stroke: Canvas } }
`
