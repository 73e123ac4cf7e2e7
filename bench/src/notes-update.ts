// Measures durable writes over HTTP: `notes.update` of several users against a writer thread, and against a
// connection to SQLite, that do nothing else.
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { reply, startProgram } from './child-program.ts'
import { median, percentile, spread } from './figures.ts'
import { openLoneWriters } from './notes-written-alone.ts'
import { callBench, signUpForBench } from './sign-up-for-bench.ts'
import { openConnection, post } from './storm-connection.ts'
import type { Connection } from './storm-connection.ts'
import { printMachine } from './timed-calls.ts'
import { targetOf } from './verdict.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    users: { type: 'string', default: '16' },
  },
})
const [rounds, seconds, users] = [Number(values.rounds), Number(values.seconds), Number(values.users)]

interface Writer {
  cookie: string
  note: { id: string; revision: number }
}

const server = startProgram('server.ts')
const port = Number(await reply(server))
const url = `http://127.0.0.1:${port}`
const writers: Writer[] = []
for (let index = 0; index < users; index += 1) {
  const cookie = await signUpForBench(url, `bench${index}`)
  const created = await callBench(url, 'notes.create', { title: 'a note', body: '' }, cookie)
  writers.push({ cookie, note: noteOf(await created.text()) })
}

using folder = mkdtempDisposableSync(path.join(tmpdir(), 'app-bench-'))
await using alone = await openLoneWriters(folder.path, users)
await alone.thread(seconds)
await alone.connection(seconds)
await updateAll()
const results: { thread: number; connection: number; updates: number; p99Ms: number }[] = []
for (let round = 0; round < rounds; round += 1) {
  const [thread, connection] = [await alone.thread(seconds), await alone.connection(seconds)]
  results.push({ thread, connection, ...(await updateAll()) })
}
server.disconnect()

const figures = (key: 'thread' | 'connection' | 'updates' | 'p99Ms') =>
  spread(
    results.map((round) => round[key]),
    0,
  )
const ratios = (key: 'thread' | 'connection') => results.map((round) => round.updates / round[key])
printMachine()
console.log(`${users} users, one call of each at a time, ${rounds} rounds of ${seconds} s by turns`)
console.log(`notes.update, calls/s           ${figures('updates')}, p99 ms ${figures('p99Ms')}`)
console.log(`writer thread alone, commits/s  ${figures('thread')}`)
console.log(`one connection alone, commits/s ${figures('connection')}`)
console.log(
  `notes.update / writer thread    ${spread(ratios('thread'))}, ${targetOf(median(ratios('thread')), 'at least', 0.7)}`,
)
console.log(`notes.update / one connection   ${spread(ratios('connection'))}`)

async function updateAll() {
  const latencies: number[] = []
  const begun = performance.now()
  await Promise.all(writers.map((writer) => keepUpdating(writer, begun + seconds * 1_000, latencies)))
  const updates = (latencies.length / (performance.now() - begun)) * 1_000
  return { updates, p99Ms: percentile(Float64Array.from(latencies).toSorted(), 0.99) }
}

async function keepUpdating(writer: Writer, endsAt: number, latencies: number[]): Promise<void> {
  const connection = openConnection(port)
  for (let sentAt = performance.now(); sentAt < endsAt; sentAt = performance.now()) {
    writer.note = await update(connection, writer)
    latencies.push(performance.now() - sentAt)
  }
  connection.close()
}

async function update(connection: Connection, { cookie, note }: Writer): Promise<Writer['note']> {
  const { id, revision } = note
  const input = { id, revision, body: `body ${revision}` }
  const { status, text } = await connection.ask(post(connection, 'notes.update', input, cookie))
  if (status !== 200) throw new Error(text)
  return noteOf(text.slice(text.indexOf('\r\n\r\n') + 4))
}

function noteOf(text: string): Writer['note'] {
  // Sound: the answer of a procedure that returns a note.
  return (JSON.parse(text) as { result: { data: Writer['note'] } }).result.data
}
