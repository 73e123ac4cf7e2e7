import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import typescript5 from 'typescript-5'
import typescript6 from 'typescript-6'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageName } from '../src/pack-client.ts'
import { outsideProject } from './outside-project.ts'
import type { OutsideProject } from './outside-project.ts'

const program = `
import { attempt, createClient, failureOf } from '${packageName}'

const api = createClient('http://localhost:8087')
const call = api.auth.login.mutate({ username: 'ada', password: 'x' })
const result = await attempt(call)
if (!result.ok) console.log(result.failure)
api.sessions.events.subscribe(undefined, {
  onError: (error) => {
    const reported = failureOf(error)
    console.log(reported)
  },
})
`

let project: OutsideProject
beforeAll(async () => {
  project = await outsideProject()
  project.write('program.ts', program)
})
afterAll(() => project[Symbol.dispose]())

describe.each([
  ['TypeScript 5.9', typescript5],
  // Sound: the service has the same functions. Its types differ only in enums with new members.
  ['TypeScript 6', typescript6 as unknown as typeof typescript5],
])('the packed client: hover texts of %s', (_name, ts) => {
  // The services share the parsed files. They do not share types, because the order of a union's members
  // depends on what a service was asked before.
  const parsedFiles = ts.createDocumentRegistry()

  /** Returns the hover text of an editor for the first place of this text in the program. */
  function hover(text: string): { type: string; description: string } {
    const file = join(project.folder, 'program.ts')
    const options = {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2024,
      strict: true,
      types: [],
    }
    const host: typescript5.LanguageServiceHost = {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [file],
      getScriptVersion: () => '1',
      getScriptSnapshot: (name) =>
        ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')) : undefined,
      getCurrentDirectory: () => project.folder,
      getDefaultLibFileName: (each) => ts.getDefaultLibFilePath(each),
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
    }
    const service = ts.createLanguageService(host, parsedFiles)
    const info = service.getQuickInfoAtPosition(file, program.indexOf(text) + text.lastIndexOf('.') + 1)
    return {
      type: ts.displayPartsToString(info?.displayParts),
      description: ts.displayPartsToString(info?.documentation),
    }
  }

  test('a call shows its failures and its description', () => {
    const { type, description } = hover('login.mutate')
    expect(type).toContain(
      'Failure<"INVALID_CREDENTIALS" | "BUSY" | "PASSWORD_LOGIN_OFF"> | EveryCallFailure',
    )
    expect(type).toContain('input: {')
    expect(description).toBe(
      'Logs a user in by user name or verified address. The session travels in a cookie.',
    )
    expect(hover('auth.login').description).toBe(description)
  })

  test('a failure shows the union of its reasons', () => {
    expect(hover('result.failure').type).toContain(
      'failure: Failure<"INVALID_CREDENTIALS" | "BUSY" | "PASSWORD_LOGIN_OFF"> | EveryCallFailure',
    )
  })

  test('failureOf(error) shows the union of its reasons', () => {
    expect(hover('reported').type).toContain(
      'const reported: Failure<"UNAUTHENTICATED" | "SESSION_EXPIRED"> | EveryCallFailure',
    )
  })
})
