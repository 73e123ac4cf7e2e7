/** The accent in the lightness of each theme, and the colour of text on it. Each is a CSS colour. */
export interface AccentColours {
  readonly light: string
  readonly dark: string
  readonly onDark: string
}

/**
 * Returns the accent in fixed lightness, so that its contrast does not depend on the brand (WCAG 2.2, 1.4.3).
 * For what cannot load `tokens.css`, which has the same steps.
 * @param accent any opaque CSS colour
 */
export function accentColours(accent: string): AccentColours {
  return {
    light: `oklch(from ${accent} 0.5 min(c, 0.19) h)`,
    dark: `oklch(from ${accent} 0.8 min(c, 0.12) h)`,
    onDark: `oklch(from ${accent} 0.22 min(c, 0.05) h)`,
  }
}
