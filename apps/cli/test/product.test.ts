import { readFileSync } from 'node:fs'
import { product } from '@app/contract/product'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const manifest = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'))

test('product: the manifests repeat the names of product.ts', () => {
  expect(manifest('package.json')['name']).toBe(product.slug)
  expect(Object.keys(Object(manifest('apps/cli/package.json')['bin']))).toEqual([product.command])
})

test('product: slug and command fit into file names, metrics and shells', () => {
  for (const word of [product.slug, product.command]) expect(word).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
})

test('product: the help names the command', async () => {
  expect((await runCommand(['migrate', '--help'])).stdout).toContain(`Usage: ${product.command} migrate\n`)
})
