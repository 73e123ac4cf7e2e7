import { chmodSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { installedPrograms } from './optional-programs.ts'

afterEach(() => vi.unstubAllEnvs())

test('optional programs: only those that run are installed', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'programs-'))
  const addProgram = (name: string, code: number | string) => {
    writeFileSync(join(folder.path, name), `#!/bin/sh\nexit ${code}\n`)
    chmodSync(join(folder.path, name), 0o755)
  }
  vi.stubEnv('PATH', folder.path)
  // Debian's PostgreSQL is not found by the path.
  const onPath = () => installedPrograms().replace(/\binitdb,?/, '')
  expect(onPath()).toBe('')
  addProgram('redis-server', 0)
  addProgram('pgbouncer', 0)
  addProgram('nginx', 1)
  expect(onPath()).toBe('pgbouncer,redis-server')
  // A system may allow mounts and no networks.
  addProgram('unshare', '$([ "$3" = --mount ]; echo $?)')
  expect(onPath()).toBe('pgbouncer,redis-server,unshare')
  addProgram('unshare', 0)
  expect(onPath()).toBe('pgbouncer,redis-server,small-buffers,unshare')
})
