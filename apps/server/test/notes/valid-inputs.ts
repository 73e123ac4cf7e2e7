import type { CookieActor } from '../support/actors.ts'
import type { InputMakers } from '../support/valid-input.ts'

export const noteInputs: InputMakers<
  'notes.list' | 'notes.get' | 'notes.create' | 'notes.update' | 'notes.remove'
> = {
  'notes.list': () => ({ search: 'note' }),
  'notes.get': async ({ owner }) => ({ id: (await noteOf(owner)).id }),
  'notes.create': () => ({ title: 'A note' }),
  'notes.update': async ({ owner }) => ({ ...(await noteOf(owner)), title: 'Another title' }),
  'notes.remove': async ({ owner }) => ({ id: (await noteOf(owner)).id }),
}

async function noteOf({ api }: CookieActor): Promise<{ id: string; revision: number }> {
  const { id, revision } = await api.notes.create.mutate({ title: 'A note' })
  return { id, revision }
}
