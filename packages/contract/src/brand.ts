/** The look of the product. */
export interface Brand {
  /** The mark: one SVG path on a grid of 32 × 32, drawn as a line on a tile of the accent colour. */
  readonly mark: string
  /**
   * Any colour, as `#rrggbb`. Pages and mails take its hue and compute the steps for light and dark, whose
   * contrast does not depend on the colour (WCAG 2.2, 1.4.3).
   */
  readonly accent: `#${string}`
  /** The corner radius of controls in pixels. Cards have a larger one. */
  readonly radius: number
  /** A font that `apps/web/src/font.css` loads, as in CSS. Slow connections do without it. */
  readonly font: string
  /** The fonts of the system that replace it, as in CSS. */
  readonly systemFonts: string
}

/** The one place of the look. Pages, error pages, icons, mails and the pictures of the README follow it. */
export const brand: Brand = {
  mark: 'M7 16a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M16 16h9.5M22 16v4M25.5 16v3',
  accent: '#0f766e',
  radius: 8,
  font: "'Inter Variable'",
  systemFonts: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
}
