import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readEnvironment } from './read-environment.ts'
import type { EnvironmentReading } from './read-environment.ts'

const settings = ['PORT', 'HOST', 'SIGNUP', 'AUTH_SECRETS', 'DATABASE_URL', 'LOG_LEVEL']

function folderWith(content: string | Buffer): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-env-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(path.join(folder, '.env'), content)
  return folder
}

function read(content: string | Buffer, process: Record<string, string> = {}): EnvironmentReading {
  return readEnvironment(folderWith(content), process, settings)
}

test('environment: reads the variables of the process without a file', () => {
  const folder = folderWith('')
  rmSync(path.join(folder, '.env'))
  expect(readEnvironment(folder, { PORT: '1' }, settings)).toEqual({
    environment: { PORT: '1' },
    problems: [],
    warnings: [],
  })
})

test('environment: a variable of the process overrides the file, an empty one does not', () => {
  expect(read('PORT=2\nSIGNUP=closed\nHOST=::1\n', { PORT: '1', SIGNUP: '' }).environment).toEqual({
    PORT: '1',
    SIGNUP: 'closed',
    HOST: '::1',
  })
})

test.each([' ', '\t\r\n', '\u00A0'])(
  'environment: a variable of white space (%j) does not override the file',
  (blank) => {
    expect(read('SIGNUP=closed\n', { SIGNUP: blank }).environment).toEqual({ SIGNUP: 'closed' })
  },
)

test.each([
  ['a byte order mark', '\uFEFFSIGNUP=closed', 'closed'],
  ['line breaks of Windows', '\r\nSIGNUP=closed\r\nPORT=1\r\n', 'closed'],
  ['line breaks of old Macs', 'PORT=1\rSIGNUP=closed\r', 'closed'],
  ['export', 'export SIGNUP=closed', 'closed'],
  ['white space', '\t SIGNUP \t= closed ', 'closed'],
  ['double quotes', 'SIGNUP="closed"', 'closed'],
  ['single quotes and a comment', "SIGNUP='closed' # for now", 'closed'],
  ['backquotes', 'SIGNUP=`closed`', 'closed'],
  ['quotes inside', `SIGNUP="it's so"`, "it's so"],
  ['a comment', 'SIGNUP=closed # for now', 'closed'],
  ['# without white space', 'SIGNUP=clo#sed', 'clo#sed'],
  ['# in quotes', 'SIGNUP="clo #sed"', 'clo #sed'],
  ['= in the value', 'SIGNUP=a=b==', 'a=b=='],
  ['backslashes and dollars', 'SIGNUP="a\\n$HOME"', 'a\\n$HOME'],
  ['spaces in quotes', 'SIGNUP=" closed "', ' closed '],
  ['nothing but a comment', 'SIGNUP= # for now', ''],
  ['nothing', 'SIGNUP=', ''],
])('environment: reads a file with %s', (_, content, value) => {
  const { environment, problems } = read(content)
  expect({ value: environment['SIGNUP'], problems }).toEqual({ value, problems: [] })
})

test.each([
  ['PORT=1\nSIGNUP closed', '.env line 2 must be NAME=value, or begin with # as a comment.'],
  ['SIGNUP: closed', '.env line 1 must be NAME=value, or begin with # as a comment.'],
  ['=closed', '.env line 1 must be NAME=value, or begin with # as a comment.'],
  ['SIGNUP="closed\nPORT=1\nX="', '.env line 1 must close its quote: SIGNUP is one line.'],
  [`SIGNUP='clo'sed'`, '.env line 1 must close its quote: SIGNUP is one line.'],
  ['SIGNUP=closed\n\nSIGNUP=open', '.env line 3 must not set SIGNUP again, after line 1.'],
  ['SIGNPU=closed', '.env must not set SIGNPU, which is no setting. Rename it: SIGNUP.'],
  ['signup=closed', '.env must not set signup, which is no setting. Rename it: SIGNUP.'],
  ['SIGN_UP=closed', '.env must not set SIGN_UP, which is no setting. Rename it: SIGNUP.'],
  ['AUTH-SECRET=x', '.env must not set AUTH-SECRET, which is no setting. Rename it: AUTH_SECRETS.'],
  ['DATABASE_URI=x', '.env must not set DATABASE_URI, which is no setting. Rename it: DATABASE_URL.'],
])('environment: rejects a file of %j', (content, problem) => {
  expect(read(content).problems[0]).toBe(problem)
})

test.each([
  ['UTF-16 with its mark', Buffer.from('\uFEFFSIGNUP=closed', 'utf16le')],
  ['UTF-16 without a mark', Buffer.from('SIGNUP=closed', 'utf16le')],
  ['Latin-1', Buffer.from('SIGNUP=ü', 'latin1')],
])('environment: rejects a file in %s', (_, content) => {
  expect(read(content)).toMatchObject({
    environment: {},
    problems: [expect.stringMatching(/\/\.env must be UTF-8 text\. Save it again in this encoding\.$/)],
  })
})

test('environment: rejects a folder at the path of the file', () => {
  const folder = folderWith('')
  rmSync(path.join(folder, '.env'))
  mkdirSync(path.join(folder, '.env'))
  expect(readEnvironment(folder, {}, settings).problems).toEqual([
    expect.stringMatching(/\/\.env must be a file that this user can read \(EISDIR\)\.$/),
  ])
})

test('environment: ENV_FILE names another file, which must exist', () => {
  const folder = folderWith('SIGNUP=closed\n')
  writeFileSync(path.join(folder, 'other'), 'SIGNUP=open\n')
  expect(readEnvironment(folder, { ENV_FILE: 'other' }, settings).environment).toMatchObject({
    SIGNUP: 'open',
  })
  expect(readEnvironment(folder, { ENV_FILE: '/dev/null' }, settings).environment['SIGNUP']).toBeUndefined()
  expect(readEnvironment(folder, { ENV_FILE: 'missing' }, settings).problems).toEqual([
    expect.stringMatching(/\/missing must be a file that this user can read \(ENOENT\)\.$/),
  ])
})

test('environment: problems and warnings name the file as ENV_FILE gives it', () => {
  const folder = folderWith('')
  mkdirSync(path.join(folder, 'etc'))
  const content = 'SIGNUP closed\nSIGNPU=closed\nLOG_FILE=x\n'
  writeFileSync(path.join(folder, 'etc/accounts.env'), content, { mode: 0o600 })
  for (const ENV_FILE of [
    'etc/accounts.env',
    './etc/../etc/accounts.env',
    path.join(folder, 'etc/accounts.env'),
  ]) {
    expect(readEnvironment(folder, { ENV_FILE }, settings)).toMatchObject({
      problems: [
        `${ENV_FILE} line 1 must be NAME=value, or begin with # as a comment.`,
        `${ENV_FILE} must not set SIGNPU, which is no setting. Rename it: SIGNUP.`,
      ],
      warnings: [`${ENV_FILE} sets LOG_FILE, which is no setting and has no effect.`],
    })
  }
})

test('environment: warns of a variable that is probably a misspelt setting', () => {
  const { problems, warnings } = read('', { '\uFEFFSIGNUP': 'closed', LOGLEVEL: 'warn', port: '1' })
  expect(problems).toEqual([])
  expect(warnings).toEqual([
    'The variable \\ufeffSIGNUP is no setting and has no effect. Is it meant to be SIGNUP?',
    'The variable LOGLEVEL is no setting and has no effect. Is it meant to be LOG_LEVEL?',
    'The variable port is no setting and has no effect. Is it meant to be PORT?',
  ])
})

test('environment: warns of a line of the file that begins like a setting', () => {
  expect(read('LOG_FILE=x\nLOGO=x\n')).toMatchObject({
    problems: [],
    warnings: ['.env sets LOG_FILE, which is no setting and has no effect.'],
  })
})

test('environment: ignores the variables that shells and other programs set', () => {
  const usual =
    'HOME HOSTNAME HOSTTYPE LOG_FILE LOGNAME PATH PWD SHELL LINES TERM USER http_proxy NODE_ENV PGPORT'
  const process = Object.fromEntries(usual.split(' ').map((name) => [name, 'x']))
  expect(read('COMPOSE_PROJECT_NAME=x\nPOSTGRES_PASSWORD=x\n', process)).toMatchObject({
    problems: [],
    warnings: [],
  })
})

test.skipIf(process.platform === 'win32').each([
  [0o644, `AUTH_SECRETS=${'x'.repeat(32)}`, true],
  [0o644, 'DATABASE_URL=postgres://ada:secret@localhost/app', true],
  [0o644, 'DATABASE_URL=postgres:///app?user=ada&password=secret', true],
  [0o644, 'DATABASE_URL=postgres://ada@localhost/app\nAUTH_SECRETS=', false],
  [0o644, 'SMTP_URL=smtp://ada:secret@mail.example.org', true],
  [0o644, 'SMTP_URL=smtp://mail.example.org', false],
  [0o644, 'LIMITS_STORE=rediss://:secret@redis.example.org', true],
  [0o644, 'LIMITS_STORE=redis://redis.example.org', false],
  [0o640, `AUTH_SECRETS=${'x'.repeat(32)}`, false],
])('environment: a file of mode %o with %s causes a warning: %s', (mode, content, isWarned) => {
  const folder = folderWith(content)
  const file = path.join(folder, '.env')
  chmodSync(file, mode)
  const warnings = isWarned
    ? [`Other users can read ${file}, which contains secrets. Run: chmod 600 ${file}`]
    : []
  expect(readEnvironment(folder, {}, settings).warnings).toEqual(warnings)
})
