import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'

describeOnEach('benchmark of storms', (kind) => {
  test('benchmark of login storms: prints its figures, and whether each target is met', async () => {
    const program = path.join(import.meta.dirname, '../src/storm.ts')
    const short = [
      `--database=${kind}`,
      '--rounds=1',
      '--seconds=0.5',
      '--cost=4',
      '--clients=4',
      '--rate=20',
    ]
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...short])
    expect(stdout).toMatch(new RegExp(`^database: ${kind}$`, 'm'))
    for (const subject of ['account.me', 'account.activity', 'GET /login', '/readyz']) {
      expect(stdout).toMatch(new RegExp(`^${subject}( +[\\d.]+){5} .*, target at most 3: (?:not )?met$`, 'm'))
    }
    expect(stdout).toMatch(/^share of bcrypt alone: [\d.]+ .*, target at least 0\.8: (?:not )?met$/m)
    expect(stdout).toMatch(/^memory: at most \d+ MB, target below 300: (?:not )?met$/m)
    expect(stdout).toMatch(/^other answers: \{\}$/m)
  })

  test('benchmark of storms of correct passwords: runs and prints its results', async () => {
    const program = path.join(import.meta.dirname, '../src/storm.ts')
    const short = [
      `--database=${kind}`,
      '--attack=logins',
      '--seconds=1',
      '--cost=4',
      '--clients=4',
      '--addresses=2',
    ]
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...short])
    expect(stdout).toMatch(new RegExp(`^database: ${kind}$`, 'm'))
    expect(stdout).toMatch(/^attacked +[1-9]/m)
    expect(stdout).toMatch(
      /^ratio: p50 [\d.]+, target at most 3: (?:not )?met; p90 [\d.]+; \d+ BUSY, target at most 0: (?:not )?met$/m,
    )
  })
})
