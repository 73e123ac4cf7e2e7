/** A colour in OKLCH (CSS Color 4): lightness 0 to 1, chroma 0 to about 0.4, hue in radians. */
export interface Oklch {
  lightness: number
  chroma: number
  hue: number
}

type Triple = readonly [number, number, number]

/**
 * Converts `#rgb` or `#rrggbb` to OKLCH.
 * @throws TypeError for other notations
 */
export function oklchOf(hex: string): Oklch {
  const digits = /^#(?:([\da-f]{6})|([\da-f]{3}))$/i.exec(hex)
  if (digits === null) throw new TypeError('a colour of the brand must be #rrggbb')
  const six = digits[1] ?? (digits[2] ?? '').replace(/./g, '$&$&')
  const [red, green, blue] = map(parse(six), (part) => linearOf(part / 255))
  const [l, m, s] = map(
    [
      0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
      0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
      0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    ],
    Math.cbrt,
  )
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, b),
    hue: Math.atan2(b, a),
  }
}

/** Converts OKLCH to `#rrggbb`. A colour that sRGB lacks loses chroma, and keeps its lightness and hue. */
export function hexOf({ lightness, chroma, hue }: Oklch): string {
  const linear = linearRgbOf(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue))
  const isInside = linear.every((part) => part > -0.0005 && part < 1.0005)
  if (!isInside && chroma > 0.001) return hexOf({ lightness, chroma: chroma * 0.98, hue })
  const parts = linear.map((part) => Math.round(255 * encodedOf(Math.min(1, Math.max(0, part)))))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** Returns the contrast of two colours, from 1 to 21 (WCAG 2.2, 1.4.3). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = map(parse(hex.slice(1)), (part) => linearOf(part / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linearRgbOf(lightness: number, a: number, b: number): Triple {
  const [l, m, s] = map(
    [
      lightness + 0.3963377774 * a + 0.2158037573 * b,
      lightness - 0.1055613458 * a - 0.0638541728 * b,
      lightness - 0.0894841775 * a - 1.291485548 * b,
    ],
    (part) => part ** 3,
  )
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function linearOf(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4
}

function encodedOf(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
}

function parse(six: string): Triple {
  const number = Number.parseInt(six, 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}

function map([one, two, three]: Triple, change: (part: number) => number): Triple {
  return [change(one), change(two), change(three)]
}
