import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { failures } from '@app/contract'
import { isInstalled, openMailServer } from '@app/router/testing'
import { expect, test } from 'vitest'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { mailSettings } from '../support/mail-settings.ts'
import { paths, procedures } from '../support/procedures.ts'

const pathOf = (file: string) => fileURLToPath(new URL(`../../../../${file}`, import.meta.url))
const read = (file: string) => readFileSync(pathOf(file), 'utf8')
const alertsFile = 'deploy/monitoring/alerts.yaml'
const dashboard: { panels: { id: number; targets: { expr: string }[] }[] } = JSON.parse(
  read('deploy/monitoring/dashboard.json'),
)
const panelTexts = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
const alerts = read(alertsFile)
  .split('- alert: ')
  .slice(1)
  .map((rule) => ({
    name: rule.split('\n')[0] ?? '',
    expr: /expr: (?:>-)?([^]*?)\n {8}\w+:/.exec(rule)?.[1] ?? '',
  }))
const expressions = [...panelTexts, ...alerts.map(({ expr }) => expr)]
const page = read('docs/operations.md')

/** Returns the names of all samples that a server with every optional part can have. */
async function exportedNames(): Promise<Set<string>> {
  await using mailServer = await openMailServer()
  await using app = await testApp({
    host: { metricsPort: 0 },
    settings: { ...mailSettings(mailServer), limitsStore: 'redis://127.0.0.1:1' },
  })
  const text = await (await fetch(String(app.metricsUrl))).text()
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)]
  return new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  )
}

/** Returns the metrics that an expression reads, without labels, strings and what belongs to the language. */
function metricsIn(expression: string): string[] {
  const bare = expression.replaceAll(/\{[^}]*\}|\[[^\]]*\]|\b(?:by|without) \([^)]*\)/g, ' ')
  return [...bare.matchAll(/[a-z_][a-z0-9_]{2,}(?![a-z0-9_]*\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !['and', 'or', 'unless', 'offset', 'by'].includes(name))
}

test('monitoring: the dashboard and the alarms read metrics that the server has, and no others', async () => {
  const exported = await exportedNames()
  exported.add('up')
  const used = new Set(expressions.flatMap(metricsIn))
  expect([...used].filter((name) => !exported.has(name))).toEqual([])
  expect(used.size).toBeGreaterThan(15)
})

test('monitoring: the dashboard shows each metric of the product', async () => {
  const shown = new Set(panelTexts.flatMap(metricsIn))
  const own = [...(await exportedNames())].filter((name) => name.startsWith(`${metricsPrefix}_`))
  expect(own.filter((name) => !/_(?:sum|count)$/.test(name) && !shown.has(name))).toEqual([])
})

test('monitoring: labels and outcomes exist', () => {
  const documented = [...page.matchAll(/^\| (`[a-z_]+`(?:, `[a-z_]+`)*) \| ((?:`[a-z]+`(?:, )?)*) \| /gm)]
  const labels = new Set(documented.flatMap(([, , cell = '']) => cell.match(/[a-z]+/g) ?? []))
  for (const added of ['instance', 'job', 'le']) labels.add(added)
  const used = expressions.flatMap((text) => [
    ...[...text.matchAll(/([a-z]+)(?:=~|!~|!=|=)"/g)].map(([, label = '']) => label),
    ...[...text.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', ')),
  ])
  expect(used.filter((label) => !labels.has(label))).toEqual([])
  const reasons = expressions.flatMap((text) => text.match(/\b[A-Z][A-Z_]{3,}\b/g) ?? [])
  expect(reasons.filter((reason) => !(reason in failures))).toEqual([])
})

test('monitoring: docs/operations.md says what to do at each alarm, in their order', () => {
  const documented = [...page.matchAll(/^\| `([A-Z][a-z]+[A-Z][A-Za-z]+)` \| /gm)].map(([, name]) => name)
  expect(documented).toEqual(alerts.map(({ name }) => name))
})

test('monitoring: SlowCalls leaves out the procedures that hash a password, and no others', () => {
  const [, excluded = ''] = /procedure!~"([^"]*)"/.exec(expressions.join('\n')) ?? []
  const hashing = paths.filter((path) => 'BUSY' in Object(procedures[path]._def.meta))
  expect(excluded.split('|').toSorted()).toEqual(hashing.toSorted())
})

test.skipIf(!isInstalled('promtool'))(
  'monitoring: Prometheus accepts the alarms, and they fire when they should',
  () => {
    for (const args of [
      ['check', 'rules', pathOf(alertsFile)],
      ['test', 'rules', pathOf('deploy/monitoring/alerts-test.yaml')],
    ]) {
      const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' })
      expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, ''])
    }
  },
)
