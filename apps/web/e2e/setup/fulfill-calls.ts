import type { Page } from '@playwright/test'

interface Response {
  status: number
  json: object
}

/**
 * Answers a procedure's calls in place of the server. The server still answers the other calls of the same
 * batch; which calls share a batch depends on timing.
 */
export async function fulfillCalls(page: Page, procedure: string, { status, json }: Response): Promise<void> {
  const name = procedure.replace('.', String.raw`\.`)
  await page.route(new RegExp(String.raw`/trpc/(?:[^/?]+,)?${name}(?:[,?]|$)`), async (route) => {
    const { pathname, searchParams } = new URL(route.request().url())
    if (!searchParams.has('batch')) return route.fulfill({ status, json })
    const procedures = pathname.slice('/trpc/'.length).split(',')
    if (procedures.length === 1) return route.fulfill({ status, json: [json] })
    const response = await route.fetch()
    // Sound: the response to a batch is a list in the order of its calls.
    const results = (await response.json()) as object[]
    return route.fulfill({
      status: 207,
      json: results.map((result, index) => (procedures[index] === procedure ? json : result)),
    })
  })
}
