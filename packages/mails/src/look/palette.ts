import { hexOf, oklchOf } from './oklch.ts'

/** Colours of a mail, as `#rrggbb`: mail clients know no `oklch()` and no variables. */
export interface Colours {
  paper: string
  surface: string
  sunken: string
  line: string
  lineControl: string
  ink: string
  inkSoft: string
  accent: string
  accentInk: string
}

/**
 * Computes the colours of mails for light and dark. They are those of the web app (`tokens.css`): the accent
 * gives its hue only, so that the contrast is the same for every brand.
 * @param accent `#rrggbb`
 */
export function paletteOf(accent: string): { light: Colours; dark: Colours } {
  const { chroma, hue } = oklchOf(accent)
  const step = (lightness: number, maxChroma: number) =>
    hexOf({ lightness, chroma: Math.min(chroma, maxChroma), hue })
  return {
    light: {
      paper: '#f8f9fa',
      surface: '#ffffff',
      sunken: '#f4f6f7',
      line: '#e3e6ea',
      lineControl: '#cfd4da',
      ink: '#14181c',
      inkSoft: '#565e69',
      accent: step(0.5, 0.19),
      accentInk: '#ffffff',
    },
    dark: {
      paper: '#0f1113',
      surface: '#181b1e',
      sunken: '#202428',
      line: '#2a2f35',
      lineControl: '#3b424a',
      ink: '#eceef0',
      inkSoft: '#a4adb8',
      accent: step(0.8, 0.12),
      accentInk: step(0.22, 0.05),
    },
  }
}
