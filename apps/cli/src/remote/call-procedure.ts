import { CommandFailed, Interrupted, WrongUse } from '../command.ts'
import { readInput } from '../read-input.ts'
import { escapeControls, shownJson } from '../shown.ts'
import type { CallOptions, Remote } from './remote.ts'

/** A procedure of a server whose types this program does not know. */
interface AnyProcedure {
  query(input: unknown, options: CallOptions): Promise<unknown>
  mutate(input: unknown, options: CallOptions): Promise<unknown>
  subscribe(input: unknown, handlers: object): { unsubscribe(): void }
}

/**
 * Calls a procedure by its path and prints the result. Tries POST first: an input in a URL would be in the
 * logs of proxies, and the input may be a password. The server rejects a wrong method before it reads it.
 * @param inputText JSON, `-` for standard input, or undefined
 */
export async function callProcedure(
  remote: Remote,
  path: string,
  inputText: string | undefined,
): Promise<void> {
  if (!/^[a-z]\w*(\.[a-z]\w*)*$/i.test(path)) {
    throw new WrongUse('The procedure must be a path like account.me.')
  }
  const input = parseInput(inputText === '-' ? await readInput() : inputText)
  const procedure = procedureAt(remote.api, path)
  const mutated = await remote.attempt('METHOD_NOT_ALLOWED', (options) => procedure.mutate(input, options))
  if (mutated.ok) return print(mutated.value)
  const queried = await remote.attempt('BATCH_REFUSED', (options) => procedure.query(input, options))
  if (queried.ok) return print(queried.value)
  await printEvents(remote, procedure, input)
}

function procedureAt(api: object, path: string): AnyProcedure {
  // Sound: the client is a proxy that accepts every path; the server answers for those that do not exist.
  return path.split('.').reduce<object>((at, name) => Reflect.get(at, name) as object, api) as AnyProcedure
}

function parseInput(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    // The message of the error would repeat the input.
    throw new WrongUse('The input is not valid JSON.', { cause: error })
  }
}

async function print(value: unknown): Promise<void> {
  if (!isTextStream(value)) return console.log(shownJson(value))
  for await (const text of value) {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(escapeControls(text), (error) => (error ? reject(error) : resolve()))
    })
  }
}

function isTextStream(value: unknown): value is AsyncIterable<string> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

async function printEvents(remote: Remote, procedure: AnyProcedure, input: unknown): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stream = procedure.subscribe(input, {
    onData: (event: unknown) => console.log(shownJson(event)),
    onError: reject,
    onComplete: resolve,
  })
  const interrupt = () => reject(new Interrupted())
  remote.interrupted.addEventListener('abort', interrupt)
  try {
    await promise
  } catch (error) {
    throw error instanceof CommandFailed ? error : remote.problem(error)
  } finally {
    remote.interrupted.removeEventListener('abort', interrupt)
    stream.unsubscribe()
  }
}
