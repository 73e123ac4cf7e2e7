import type { TestApp } from '../../src/testing/test-app.ts'

/** Returns the samples of a server with `metricsPort: 0`, by name and labels. */
export async function readMetrics({ metricsUrl }: TestApp): Promise<Map<string, number>> {
  const text = await (await fetch(String(metricsUrl))).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}
