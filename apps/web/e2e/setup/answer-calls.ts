import type { Page } from '@playwright/test'

interface Answer {
  status: number
  json: object
}

/**
 * Answers the calls of a procedure instead of the server. Calls that go along in the same batch are answered
 * by the server: which ones do depends on how busy the machine is.
 */
export async function answerCalls(page: Page, procedure: string, { status, json }: Answer): Promise<void> {
  const name = procedure.replace('.', String.raw`\.`)
  await page.route(new RegExp(String.raw`/trpc/(?:[^/?]+,)?${name}(?:[,?]|$)`), async (route) => {
    const { pathname, searchParams } = new URL(route.request().url())
    if (!searchParams.has('batch')) return route.fulfill({ status, json })
    const procedures = pathname.slice('/trpc/'.length).split(',')
    if (procedures.length === 1) return route.fulfill({ status, json: [json] })
    const response = await route.fetch()
    // Sound: a batch is answered by a list, in the order of its calls.
    const answers = (await response.json()) as object[]
    return route.fulfill({
      status: 207,
      json: answers.map((answer, index) => (procedures[index] === procedure ? json : answer)),
    })
  })
}
