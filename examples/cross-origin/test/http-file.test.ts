import { readFileSync } from 'node:fs'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'

interface HttpRequest {
  status: number
  title: string
  method: string
  url: string
  headers: Record<string, string>
  body: string | null
}

/** Reads a `.http` file: requests after `###`, with their headers, an empty line and their body. */
function readHttpFile(text: string, server: string): HttpRequest[] {
  const [, ...requests] = text.replaceAll('{{server}}', server).split(/^### /m)
  return requests.map((request) => {
    const [head = '', body = ''] = request.split(/\n\n/, 2)
    const [titleLine = '', requestLine = '', ...headerLines] = head.split('\n')
    const [method = '', url = ''] = requestLine.split(' ')
    return {
      status: Number(titleLine.slice(0, 3)),
      title: titleLine.slice(4),
      method,
      url,
      headers: Object.fromEntries(
        headerLines.filter((line) => line !== '').map((line) => line.split(': ')),
      ) as Record<string, string>,
      body: body.trim() === '' ? null : body,
    }
  })
}

test('.http file: every request gets the status of its title', async () => {
  await using app = await testApp()
  const file = readFileSync(new URL('../tutorial-api.http', import.meta.url), 'utf8')
  expect(file).toContain('@server = http://localhost:8087\n')
  const cookies = new Map<string, string>()
  const statuses: unknown[] = []
  const requests = readHttpFile(file, app.url)
  for (const { title, method, url, headers, body } of requests) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { method, headers: { ...headers, cookie }, body })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    statuses.push([title, response.status])
  }
  expect(statuses).toEqual(requests.map(({ title, status }) => [title, status]))
  expect(requests).toHaveLength(14)
})
