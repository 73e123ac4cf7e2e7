import { createClient } from '@app/client'
import { notePreview } from '@app/contract'
import type { Failure, Note } from '@app/contract'
import { createApi } from '../api/api.ts'
import { NoteWriter } from './note-writer.ts'
import { saveNote } from './save-note.ts'
import type { KeptNote } from './writer-port.ts'

/** A fault of a call. */
export type Fault = 'lost request' | 'lost response' | Failure

/**
 * Starts a writer of a new note with the real client. A server in memory replaces the network.
 * @param before the server and the kept note from which another document continues
 */
export function startWriter(before?: { server: ReturnType<typeof fakeServer>; kept: KeptNote }) {
  const server = before?.server ?? fakeServer()
  const saved: Note[] = []
  const api = createApi(createClient('http://localhost', { fetch: server.fetch }))
  const writer = new NoteWriter(
    {
      ownerId: 'ada',
      send: (...sent) => saveNote({ api, signal: new AbortController().signal }, ...sent),
      onSaved: (note) => void saved.push(note),
    },
    before?.kept.base ?? null,
    before?.kept,
  )
  return { server, writer, saved }
}

function fakeServer() {
  const notes: Note[] = []
  let inFlight = 0
  const server = {
    notes,
    /** The faults of the next calls, in order. */
    next: [] as Fault[],
    delayMs: 10,
    /** No user is logged in. */
    isSignedOut: false,
    requests: 0,
    maxInFlight: 0,
    stored: () => notes[0],
    changeElsewhere(body: string): Note {
      const [stored] = notes
      if (stored === undefined) throw new TypeError('Nothing is stored')
      notes[0] = { ...stored, body, revision: stored.revision + 1 }
      return notes[0]
    },
    async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const url = new URL(input instanceof Request ? input.url : input)
      const path = url.pathname
      const isQuery = /notes\.(?:list|get)$/.test(path)
      if (!isQuery) server.requests += 1
      const trouble = server.next.shift()
      inFlight += 1
      server.maxInFlight = Math.max(server.maxInFlight, inFlight)
      await new Promise((resolve) => setTimeout(resolve, server.delayMs))
      inFlight -= 1
      if (trouble === 'lost request') throw new TypeError('Failed to fetch')
      if (server.isSignedOut) return failed({ reason: 'SESSION_EXPIRED' })
      if (typeof trouble === 'object') return failed(trouble)
      const response = isQuery ? answer(notes, url) : change(notes, path, init?.body)
      if (trouble === 'lost response') throw new TypeError('Failed to fetch')
      return response
    },
  }
  return server
}

function answer(notes: Note[], { pathname, searchParams }: URL): Response {
  if (pathname.endsWith('notes.list')) {
    const items = notes.toReversed().map(({ body, ...note }) => ({
      ...note,
      preview: notePreview({ title: note.title, body }),
    }))
    return Response.json([{ result: { data: { items, nextCursor: null } } }])
  }
  const [input] = Object.values(
    JSON.parse(searchParams.get('input') ?? '{}') as Record<string, { id: string }>,
  )
  return Response.json([{ result: { data: notes.find(({ id }) => id === input?.id) } }])
}

interface Change {
  id?: string
  revision?: number
  title: string
  body: string
}

function change(notes: Note[], path: string, body: unknown): Response {
  const input = JSON.parse(typeof body === 'string' ? body : '') as Change
  const now = new Date().toISOString()
  const index = notes.findIndex(({ id }) => id === input.id)
  const former = notes[index]
  const { title } = input
  if (path.endsWith('notes.create') || former === undefined) {
    const note = {
      id: `note-${notes.length}`,
      title,
      body: input.body,
      revision: 1,
      createdAt: now,
      updatedAt: now,
    }
    notes.push(note)
    return Response.json({ result: { data: note } })
  }
  if (former.revision !== input.revision) return failed({ reason: 'NOTE_CHANGED', note: former })
  const note = { ...former, title, body: input.body, revision: former.revision + 1, updatedAt: now }
  notes[index] = note
  return Response.json({ result: { data: note } })
}

function failed(failure: Failure): Response {
  const data = { code: 'CONFLICT', httpStatus: 409, requestId: 'r', failure }
  return Response.json({ error: { message: 'It failed', code: -32_000, data } }, { status: 409 })
}
