/** Pairs of adjacent colours with their minimal contrast (WCAG 2.2, 1.4.3 and 1.4.11). */
export const pairs = [
  ['ink', 'paper', 4.5],
  ['ink', 'surface', 4.5],
  ['ink', 'sunken', 4.5],
  ['ink', 'raised', 4.5],
  ['ink-soft', 'paper', 4.5],
  ['ink-soft', 'surface', 4.5],
  ['ink-soft', 'sunken', 4.5],
  ['accent', 'paper', 4.5],
  ['accent', 'surface', 4.5],
  ['accent', 'sunken', 4.5],
  ['accent', 'accent-wash', 4.5],
  ['accent-strong', 'accent-wash', 4.5],
  ['accent', 'elevated', 4.5],
  ['ink-soft', 'elevated', 4.5],
  ['ink-soft', 'raised', 4.5],
  ['accent-ink', 'accent', 4.5],
  ['accent-ink', 'accent-strong', 4.5],
  ['danger', 'paper', 4.5],
  ['danger', 'surface', 4.5],
  ['danger', 'danger-wash', 4.5],
  ['danger', 'elevated', 4.5],
  ['warning', 'surface', 4.5],
  ['warning', 'warning-wash', 4.5],
  ['success', 'surface', 4.5],
  ['success', 'success-wash', 4.5],
  ['danger-ink', 'danger', 4.5],
  ['danger-ink', 'danger-strong', 4.5],
  ['line-strong', 'paper', 3],
  ['line-strong', 'surface', 3],
  ['focus', 'paper', 3],
  ['focus', 'surface', 3],
] as const

/** Returns the relative luminance of WCAG 2.2 of any opaque CSS colour. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [...pixelOf(colour)].slice(0, 3).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Draws a colour to convert it to sRGB: computed colours can be in other spaces, such as OKLCH. */
function pixelOf(colour: string): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')
  if (canvas === null) throw new TypeError('this browser draws no canvas')
  canvas.fillStyle = colour
  canvas.fillRect(0, 0, 1, 1)
  return canvas.getImageData(0, 0, 1, 1).data
}

/** Returns the contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}
