import { signUp } from './setup/actors.ts'
import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('your data: a file that ended too early is not saved', async ({ page, server }) => {
  const saved: string[] = []
  page.on('download', (download) => saved.push(download.suggestedFilename()))
  // Playwright ends every body that it fulfills, so the page itself loses the connection.
  await page.addInitScript(() => {
    const { fetch } = window
    window.fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (!response.url.includes('account.export')) return response
      const text = await response.text()
      const body = new ReadableStream({
        start: (stream) => stream.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2))),
        pull: (stream) => stream.error(new TypeError('network error')),
      })
      return new Response(body, response)
    }
  })
  await signUp(page, server, 'ada')
  await page.goto('/account/data')
  await button(page, 'Download my data').click()
  await expect(page.getByRole('alert')).toHaveText(
    'Nothing was downloaded: the connection ended too early. Try again.',
  )
  expect(saved).toEqual([])
})
