import { pageTokens } from './page-tokens.ts'

/**
 * The style of error pages: the composition of the web app's pages of one message. It is inline and complete,
 * because a request for a file could fail too.
 */
export const errorPageStyle = `${pageTokens}
body { margin: 0 auto; max-width: 25rem; padding: calc(1.5rem + clamp(1rem, 10vh, 7rem)) 1.5rem 1.5rem; text-align: center }
h1 { margin: 1rem 0 0.5rem; font-size: 1.5rem; font-weight: 600; line-height: 1.2; letter-spacing: -0.022em; text-wrap: balance }
p { margin: 0 0 1rem; color: var(--ink-soft); text-wrap: pretty }
aside { margin-top: 1.5rem; padding: 1rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); font-size: var(--text-small); text-align: start }
aside p { margin: 0 }
footer { margin-top: 2rem; color: var(--ink-soft); font-size: var(--text-small) }
`
