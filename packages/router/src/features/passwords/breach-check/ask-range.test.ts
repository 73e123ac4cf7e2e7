import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { rangeService } from '../../../testing/range-service.ts'
import { askRange } from './ask-range.ts'

const password = 'a password of many'
/** The first digits of `printf 'a password of many' | sha1sum`. */
const prefix = 'E6866'
const breached = { kind: 'breached' }
const unknown = { kind: 'unknown' }
const unasked = (reason: string) => ({ kind: 'unasked', reason })

const statusOnly = (code: number) => (response: ServerResponse) => {
  response.writeHead(code).end()
}

test('range service: is sent five digits of the hash, and asked for padding', async () => {
  await using service = await rangeService({ leaked: { [password]: 7 } })
  expect(await askRange({ url: service.url, timeoutMs: 10_000 }, password)).toEqual(breached)
  expect(service.requests).toEqual([{ path: `/range/${prefix}`, isPadded: true }])
})

test.each<[string, object, Parameters<typeof rangeService>[0]]>([
  ['a hit', breached, { leaked: { [password]: 1 } }],
  ['a hit in lower case', breached, lowerCase()],
  ['a hit with a line break at the end', breached, endsWithLineBreak()],
  ['a miss', unknown, {}],
  ['a hit that is padding', unknown, { leaked: { [password]: 0 } }],
  ['another case of the password', unknown, { leaked: { [password.toUpperCase()]: 9 } }],
  ['HTML', unasked('malformed'), { respond: (response) => response.end('<html>0A:1</html>') }],
  ['one bad line', unasked('malformed'), badLine()],
  ['nothing', unasked('malformed'), { respond: (response) => response.end() }],
  ['10 MB of lines', unasked('malformed'), tooLong()],
  ['status 429', unasked('status'), { respond: statusOnly(429) }],
  ['status 503', unasked('status'), { respond: statusOnly(503) }],
  ['a redirect', unasked('unreachable'), redirect()],
  ['a cut answer', unasked('unreachable'), cut()],
])('range service: %s', async (_, expected, options) => {
  await using service = await rangeService(options)
  expect(await askRange({ url: service.url, timeoutMs: 10_000 }, password)).toEqual(expected)
  expect(service.requests).toHaveLength(1)
})

test.each<[string, Parameters<typeof rangeService>[0]]>([
  ['does not answer', { respond: () => undefined }],
  ['stops in the middle', { respond: (response, lines) => void response.write(lines) }],
])('range service: is given up when it %s', async (_, options) => {
  await using service = await rangeService(options)
  // On a busy machine the shortest may end before the request arrives.
  for (const timeoutMs of [300, 3_000, 30_000]) {
    expect(await askRange({ url: service.url, timeoutMs }, password)).toEqual(unasked('timeout'))
    if (service.requests.length > 0) break
  }
  expect(service.requests).not.toEqual([])
})

test('range service: may be down', async () => {
  const service = await rangeService()
  await service[Symbol.asyncDispose]()
  expect(await askRange({ url: service.url, timeoutMs: 10_000 }, password)).toEqual(unasked('unreachable'))
})

test('range service: is asked for the NFC form of the password', async () => {
  await using service = await rangeService({ leaked: { ['caf\u00e9 caf\u00e9']: 2 } })
  expect(await askRange({ url: service.url, timeoutMs: 10_000 }, 'cafe\u0301 cafe\u0301')).toEqual(breached)
})

function lowerCase(): Parameters<typeof rangeService>[0] {
  return { leaked: { [password]: 1 }, respond: (response, lines) => response.end(lines.toLowerCase()) }
}

function endsWithLineBreak(): Parameters<typeof rangeService>[0] {
  return { leaked: { [password]: 1 }, respond: (response, lines) => response.end(`${lines}\r\n`) }
}

function badLine(): Parameters<typeof rangeService>[0] {
  return { leaked: { [password]: 1 }, respond: (response, lines) => response.end(`${lines}\r\nmore`) }
}

function tooLong(): Parameters<typeof rangeService>[0] {
  return {
    leaked: { [password]: 1 },
    respond: (response, lines) => response.end(`${lines}\r\n`.repeat(90_000)),
  }
}

/** To itself, where the answer would be a hit. */
function redirect(): Parameters<typeof rangeService>[0] {
  let isFirst = true
  return {
    leaked: { [password]: 1 },
    respond: (response, lines) => {
      if (isFirst) response.writeHead(302, { location: `/range/${prefix}` }).end()
      else response.end(lines)
      isFirst = false
    },
  }
}

function cut(): Parameters<typeof rangeService>[0] {
  return {
    leaked: { [password]: 1 },
    respond: (response, lines) => {
      response.write(lines, () => response.destroy())
    },
  }
}
