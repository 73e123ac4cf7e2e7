import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { adminScopes, tokenLimits, rateLimits } from '@app/contract'
import type { Access } from '@app/router'
import { newAccessToken } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { paths, procedures } from '../support/procedures.ts'

const page = readFileSync(new URL('../../../../docs/tokens.md', import.meta.url), 'utf8')
const listingOf = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(page)?.[1] ?? ''

test('docs/tokens.md: its curl commands create a token and use it', async () => {
  await using app = await testApp()
  const folder = mkdtempSync(path.join(tmpdir(), 'tokens-'))
  try {
    const script = listingOf('sh')
      .replaceAll('http://localhost:8087', app.url)
      .replaceAll('curl ', 'curl -sS ')
    const { stdout } = await promisify(execFile)('bash', ['-ec', script], { cwd: folder })
    expect(stdout.match(/"name":"[^"]+"/g)).toEqual(['"name":"radia"', '"name":"radia"', '"name":"Radia P."'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('docs/tokens.md: the expression for secret scanners finds every token, and nothing else', () => {
  const expression = new RegExp(listingOf('regex').trim(), 'g')
  const tokens = Array.from({ length: 50 }, newAccessToken)
  expect(tokens.map((token) => `TOKEN="${token}"\n`.match(expression))).toEqual(
    tokens.map((token) => [token]),
  )
  for (const other of ['acctpat_', `acctpat_${'A'.repeat(48)}`, `acctpat_${'A'.repeat(50)}`, 'x'.repeat(57)])
    expect([other, other.match(expression)]).toEqual([other, null])
})

test('docs/tokens.md: lists every scope with its procedures, and no other', () => {
  const scopes = Map.groupBy(paths, (name) => (procedures[name]._def.meta as Access).scope)
  scopes.delete(undefined)
  const rows = [...page.matchAll(/^\| `(\w+:\w+)` \| (.*?) \|$/gm)].map(([, scope = '', allowed = '']) => [
    scope,
    [...allowed.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name).toSorted(),
  ])
  const expected = [...scopes].map(([scope, names]) => [scope, names.toSorted()])
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected))
})

test('docs/tokens.md: states the limits', () => {
  for (const scope of adminScopes) expect(page).toContain(`\`${scope}\``)
  expect(page).toContain(`the account has ${tokenLimits.perAccount} tokens that have not expired`)
  const { min, max, default: usual } = tokenLimits.days
  expect(page).toContain(`after ${min} to ${max} days, by default ${usual}`)
  const [queries, mutations] = [rateLimits.queriesPerToken.points, rateLimits.mutationsPerToken.points]
  expect(page).toContain(`a token has ${queries} queries and ${mutations} mutations a minute`)
})
