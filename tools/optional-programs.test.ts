import { chmodSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { installedPrograms } from './optional-programs.ts'

afterEach(() => vi.unstubAllEnvs())

/** A folder that is the whole PATH, until the end of the block. */
function emptyPath() {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'programs-'))
  vi.stubEnv('PATH', folder.path)
  return {
    addProgram: (name: string, code: number | string) => {
      writeFileSync(join(folder.path, name), `#!/bin/sh\nexit ${code}\n`)
      chmodSync(join(folder.path, name), 0o755)
    },
    [Symbol.dispose]: () => folder.remove(),
  }
}

test('optional programs: only those that run are installed', () => {
  using path = emptyPath()
  // Debian's PostgreSQL is not found by the path.
  const onPath = () => installedPrograms().replace(/\binitdb,?/, '')
  expect(onPath()).toBe('')
  path.addProgram('redis-server', 0)
  path.addProgram('promtool', 0)
  path.addProgram('nginx', 1)
  expect(onPath()).toBe('promtool,redis-server')
  // A system may allow mounts and no networks.
  path.addProgram('unshare', '$([ "$3" = --mount ]; echo $?)')
  expect(onPath()).toBe('promtool,redis-server,unshare')
  path.addProgram('unshare', 0)
  expect(onPath()).toBe('promtool,redis-server,small-buffers,unshare')
})

test.runIf(process.getuid?.() === 0)(
  'optional programs: as root, those of PostgreSQL are not installed without setpriv',
  () => {
    using path = emptyPath()
    path.addProgram('pgbouncer', 0)
    expect(installedPrograms()).toBe('')
    path.addProgram('setpriv', 0)
    expect(installedPrograms()).toBe('initdb,pgbouncer')
  },
)
