import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { apiDocument } from './api-document.ts'
import { compareSurfaces } from './compare-surfaces.ts'
import { parseSurface, printSurface, surfaceOf } from './surface.ts'

const file = new URL('surface.txt', import.meta.url)

const head = [
  '# What programs rely on: one fact a line, made from the OpenAPI document.',
  '# `npm run api:accept` writes it. Review what changed.',
  '',
].join('\n')

test('surface: the API is the reviewed one; a change is accepted by npm run api:accept', async () => {
  const now = surfaceOf(await apiDocument())
  if (process.env['UPDATE_API_SURFACE'] === '1') writeFileSync(file, head + printSurface(now))
  const { breaking, compatible } = compareSurfaces(parseSurface(readFileSync(file, 'utf8')), now)
  expect({ breaking, compatible }).toEqual({ breaking: [], compatible: [] })
})
