import { brand } from '@app/contract/brand'
import { paletteOf } from './palette.ts'
import type { Colours } from './palette.ts'

const { light, dark } = paletteOf(brand.accent)

/** The colours of each kind of element. */
const paints = {
  paper: ({ paper, ink }) => `background-color:${paper};color:${ink}`,
  card: ({ surface, line }) => `background-color:${surface};border-color:${line}`,
  facts: ({ sunken }) => `background-color:${sunken}`,
  ink: ({ ink }) => `color:${ink}`,
  soft: ({ inkSoft }) => `color:${inkSoft}`,
  tile: ({ accent, accentInk }) => `background-color:${accent};color:${accentInk}`,
  primary: ({ accent, accentInk }) => `background-color:${accent};border-color:${accent};color:${accentInk}`,
  secondary: ({ surface, lineControl, ink }) =>
    `background-color:${surface};border-color:${lineControl};color:${ink}`,
} satisfies Record<string, (colours: Colours) => string>

/** Returns the attributes of an element: light colours inline, and the class by which dark mode finds it. */
export function painted(paint: keyof typeof paints, style: string): string {
  return `class="${paint}" style="${style};${paints[paint](light)}"`
}

/** The style sheet: what inline styles cannot say. Mails are complete without it, as many clients drop it. */
export const styleSheet = `:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (max-width: 480px) {
  .card { padding: 24px 24px 8px !important }
  .facts th, .facts td { display: block !important; width: auto !important; padding: 6px 0 0 !important }
  .facts td { padding: 0 0 6px !important }
}
@media (prefers-color-scheme: dark) {
${Object.entries(paints)
  .map(([name, paint]) => `  .${name} { ${paint(dark).replaceAll(';', ' !important; ')} !important }`)
  .join('\n')}
}`
