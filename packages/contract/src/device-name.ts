/**
 * The browser and the system of a user agent. Browsers have frozen the rest of the text, and libraries that
 * parse it are larger than the pages. The first match of each list counts, because most user agents also
 * contain the names of other browsers.
 */
const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPT|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:DuckDuckGo|Ddg)\//, 'DuckDuckGo'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:(?:Headless)?Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/\d.* Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^(?:node|undici)(?:\/|$)/, 'Node.js'],
  [/^python-/i, 'Python'],
]

const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac(?:intosh| OS X)\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** Characters of an unknown user agent that are shown. */
const maxUnknownLength = 60

/**
 * Finds the names that a user agent contains. They come from the lists above, never from the client.
 * @param userAgent as the client sent it, perhaps an attacker; null if none was sent or stored
 */
export function knownDevice(userAgent: string | null): {
  browser: string | undefined
  system: string | undefined
} {
  return { browser: nameIn(browsers, userAgent ?? ''), system: nameIn(systems, userAgent ?? '') }
}

/**
 * Names the browser and the system of a user agent: "Chrome on Windows". An unknown one is shown as sent.
 * @param userAgent as the client sent it, perhaps an attacker; null if none was sent or stored
 */
export function deviceName(userAgent: string | null): string {
  if (userAgent === null || userAgent.trim() === '') return 'Unknown device'
  const { browser, system } = knownDevice(userAgent)
  if (browser !== undefined && system !== undefined) return `${browser} on ${system}`
  if (browser !== undefined) return browser
  const own = userAgent.length > maxUnknownLength ? `${userAgent.slice(0, maxUnknownLength)}…` : userAgent
  return system === undefined ? own : `Unknown browser on ${system}`
}

function nameIn(list: readonly (readonly [RegExp, string])[], userAgent: string): string | undefined {
  return list.find(([mark]) => mark.test(userAgent))?.[1]
}
