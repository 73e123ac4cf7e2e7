import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../free-port.ts'
import { readDockerfile } from './dockerfile.ts'
import { run } from './run.ts'
import { serveImage } from './serve-image.ts'

const root = join(import.meta.dirname, '../..')
const dockerfile = readDockerfile(join(root, 'deploy/Dockerfile'))
const script = 'tools/image/build-image-folder.mjs'
const place = mkdtempSync(join(tmpdir(), 'image-'))
const folder = join(place, 'app')
const data = join(place, 'data')
/** Only root can become another user. Other users get a folder without write permission instead. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

beforeAll(() => {
  run(root, process.execPath, [script, folder])
  chmodSync(place, 0o755)
  mkdirSync(data, { mode: 0o700 })
  if (user.uid === undefined) run(place, 'chmod', ['-R', 'a-w', folder])
  else chownSync(data, user.uid, user.gid)
}, 1_800_000)

afterAll(() => {
  if (user.uid === undefined && existsSync(folder)) run(place, 'chmod', ['-R', 'u+w', folder])
  rmSync(place, { recursive: true, force: true })
})

test('image: the Dockerfile runs the steps of the script, in their order, and copies their folder', () => {
  const { stderr } = spawnSync(process.execPath, [join(root, script)], { encoding: 'utf8' })
  const steps = /\[(.*)\]/.exec(stderr)?.[1]?.split(' | ') ?? []
  expect(steps).toHaveLength(4)
  const [build, image] = dockerfile.stages
  expect(build?.instructions).toEqual([
    ['WORKDIR', '/build'],
    ['COPY', '. .'],
    ...steps.map((step) => ['RUN', `node ${script} /image ${step}`]),
  ])
  const named = (...names: string[]) => image?.instructions.filter(([name]) => names.includes(name))
  expect(named('COPY', 'RUN', 'WORKDIR', 'USER', 'VOLUME')).toEqual([
    ['COPY', '--from=build /image /app'],
    ['RUN', 'install -d -o node -g node -m 0700 /data'],
    ['WORKDIR', '/app'],
    ['USER', 'node'],
    ['VOLUME', '/data'],
  ])
})

test('image: both stages use the pinned version of Node', () => {
  const version = /^nodeVersion: (.*)$/m.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'))?.[1]
  const base = `node:${version}-bookworm-slim`
  expect(dockerfile.stages.map(({ from }) => from)).toEqual([`${base} AS build`, base])
})

test('image: has no development dependency, no test, no secret and no data, in less than 110 MB', () => {
  const manifests = globSync('{,apps/*/,packages/*/}package.json', { cwd: folder }).map((file) =>
    JSON.parse(readFileSync(join(folder, file), 'utf8')),
  )
  const namesOf = (field: string) => manifests.flatMap((manifest) => Object.keys(manifest[field] ?? {}))
  const production = new Set(namesOf('dependencies'))
  const development = namesOf('devDependencies').filter((name) => !production.has(name))
  expect(development).toContain('vitest')
  const installed = development.filter(
    (name) => globSync(`node_modules/.pnpm/${name.replace('/', '+')}@*`, { cwd: folder }).length > 0,
  )
  expect(installed).toEqual([])
  expect(globSync('node_modules/.pnpm/{react,react-dom,vite}@*', { cwd: folder })).toEqual([])
  const own = globSync('**', { cwd: folder, exclude: ['**/node_modules'] })
  expect(
    own.filter((file) => /\.test\.|\/testing\/|\.env|auth-secret|\.db|\.git|\/data\//.test(file)),
  ).toEqual([])
  expect(own).toEqual(expect.arrayContaining(['apps/web/dist/index.html', 'apps/cli/bin/cli.mjs']))
  const megabytes = Number(run(place, 'du', ['-sm', folder]).split('\t')[0])
  console.log(`The image folder has ${megabytes} MB.`)
  expect(megabytes).toBeLessThan(110)
})

test('image: another user runs it, writes only its data, and a restart keeps accounts and sessions', async () => {
  const port = await freePort()
  const start = () => serveImage({ folder, data, port, user, dockerfile })
  const built = join(place, 'built')
  writeFileSync(built, '')
  const first = await start()
  expect(await first.health()).toBe(0)
  expect(await first.page('/')).toContain('<div id="root"')
  expect(first.printed()).toContain('Create one: node apps/cli/bin/cli.mjs admin create')
  const cookie = await first.signUp('ada')
  expect(await first.usernameOf(cookie)).toBe('ada')
  const stopped = await first.stop()
  expect(stopped.code).toBe(0)
  expect(stopped.seconds).toBeGreaterThanOrEqual(1)
  expect(stopped.seconds).toBeLessThan(12)
  expect(await first.health()).toBe(1)

  const second = await start()
  expect(await second.usernameOf(cookie)).toBe('ada')
  expect(second.execute('node apps/cli/bin/cli.mjs recovery link ada')).toMatch(
    /^https:\/\/accounts\.example\.org\//m,
  )
  second.execute(
    /^ {2}(node --eval .*)$/m.exec(readFileSync(join(root, 'docs/operations.md'), 'utf8'))?.[1] ?? '',
  )
  await second.stop()
  expect(run(place, 'find', [folder, '-cnewer', built])).toBe('')
  expect(globSync('*', { cwd: data })).toEqual(expect.arrayContaining(['app.db', 'backup.db']))
})
