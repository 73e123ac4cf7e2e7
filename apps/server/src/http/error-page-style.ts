import { accentColours } from '@app/contract/accent-colours'
import { brand } from '@app/contract/brand'

const accent = accentColours(brand.accent)

/**
 * The style of error pages: the composition of the web app's pages of one message, in the look of `brand.ts`.
 * It is inline, because a request for a file could fail too.
 */
export const errorPageStyle = `
:root { color-scheme: light dark; --soft: light-dark(#565e69, #a4adb8); --accent: light-dark(${accent.light}, ${accent.dark}) }
body { margin: 0 auto; max-width: 25rem; padding: calc(1.5rem + clamp(1rem, 10vh, 7rem)) 1.5rem 1.5rem; background: light-dark(#f8f9fa, #0f1113); color: light-dark(#14181c, #eceef0); font: 0.9375rem/1.5 ${brand.font}, ${brand.systemFonts}; text-align: center; overflow-wrap: anywhere }
svg { width: 3rem; fill: var(--accent) }
path { fill: none; stroke: light-dark(#fff, ${accent.onDark}); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round }
h1 { margin: 1rem 0 0.5rem; font-size: 1.5rem; font-weight: 600; line-height: 1.3; letter-spacing: -0.01em; text-wrap: balance }
p { margin: 0 0 1rem; color: var(--soft); text-wrap: pretty }
a { color: var(--accent); font-weight: 500; text-underline-offset: 0.2em }
aside { margin-top: 1.5rem; padding: 1rem; border: 1px solid light-dark(#e3e6ea, #2a2f35); border-radius: ${brand.radius / 16}rem; background: light-dark(#fff, #181b1e); font-size: 0.8125rem; text-align: start }
aside p { margin: 0 }
footer { margin-top: 2rem; color: var(--soft); font-size: 0.8125rem }
@media (forced-colors: active) { svg { fill: CanvasText } path { stroke: Canvas } }
`
