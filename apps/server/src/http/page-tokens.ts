import { accentColours } from '@app/contract/accent-colours'
import { brand } from '@app/contract/brand'

const accent = accentColours(brand.accent)

/**
 * The design tokens for pages that cannot use the style of the built web app, with the names and colours of
 * its tokens.css and the look of `brand.ts`.
 */
export const pageTokens = `
:root { color-scheme: light dark; --font: ${brand.font}, ${brand.systemFonts}; --paper: light-dark(#f8f9fa, #0f1113); --surface: light-dark(#fff, #181b1e); --ink: light-dark(#14181c, #eceef0); --ink-soft: light-dark(#565e69, #a4adb8); --line: light-dark(#e3e6ea, #2a2f35); --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; --accent: light-dark(${accent.light}, ${accent.dark}); --accent-ink: light-dark(#fff, ${accent.onDark}); --radius: ${brand.radius / 16}rem; --radius-large: ${(brand.radius * 1.5) / 16}rem; --text: 0.9375rem; --text-small: 0.8125rem }
body { background: var(--paper); color: var(--ink); font: var(--text)/1.5 var(--font); overflow-wrap: anywhere }
.app-mark { width: 3rem; fill: var(--accent) }
.app-mark path { fill: none; stroke: var(--accent-ink); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round }
a { color: var(--accent); font-weight: 500; text-underline-offset: 0.2em }
@media (forced-colors: active) { .app-mark { fill: CanvasText } .app-mark path { stroke: Canvas } }
`
