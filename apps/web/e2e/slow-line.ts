import { test } from './setup/test.ts'

/** 400 kbit/s, for `npm run slow-line`: a bad mobile connection and a cheap phone. */
const line = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }
const cpuSlowdown = 4
const visits = 5

/** Milliseconds since the start of the visit. */
interface Visit {
  painted: number
  usable: number
}

type WindowWithField = Window & { usableMs?: number }

for (const path of ['/login', '/signup'] as const) {
  test(`slow line: first paint and usable form of ${path}`, async ({ browser, server }) => {
    const measured: Visit[] = []
    for (let count = 0; count < visits; count += 1) {
      await using context = await browser.newContext()
      const page = await context.newPage()
      const devTools = await context.newCDPSession(page)
      await devTools.send('Network.emulateNetworkConditions', line)
      await devTools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
      await page.addInitScript(() => {
        const look = () => {
          if (document.querySelector('#root form input[name=username]') === null)
            return requestAnimationFrame(look)
          // The browser has drawn the form when the next frame begins.
          return requestAnimationFrame(() => Object.assign(window, { usableMs: performance.now() }))
        }
        look()
      })
      await page.goto(server.url + path, { waitUntil: 'commit' })
      // The browser reports a paint later than it draws.
      await page.waitForFunction(
        () =>
          (window as WindowWithField).usableMs !== undefined &&
          performance.getEntriesByName('first-contentful-paint').length > 0,
      )
      measured.push(
        await page.evaluate(() => ({
          painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
          usable: (window as WindowWithField).usableMs ?? Number.NaN,
        })),
      )
    }
    const [painted, usable] = (['painted', 'usable'] as const).map((what) =>
      summaryOf(measured.map((visit) => visit[what])),
    )
    process.stdout.write(`${path}: painted ${painted}, usable ${usable}\n`)
  })
}

/** Returns the median, with the least and the most. */
function summaryOf(values: readonly number[]): string {
  const sorted = values.map(Math.round).toSorted((a, b) => a - b)
  return `${sorted[Math.floor(sorted.length / 2)]} ms (${sorted[0]} to ${sorted.at(-1)})`
}
