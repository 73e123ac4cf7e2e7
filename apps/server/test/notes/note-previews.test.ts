import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { signUp } from '../support/actors.ts'

describeOnEach('previews of notes', (databaseKind) => {
  test('list: has previews instead of whole texts', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const body = `Engine\n${'No. 1\n'.repeat(3_000)}`
    const { body: _body, ...note } = await api.notes.create.mutate({ title: 'Engine', body })
    const { items } = await api.notes.list.query({ search: 'engine' })
    const preview = 'No. 1 '.repeat(33).trimEnd()
    expect(items).toEqual([{ ...note, preview: `${preview} No` }])
    expect((await api.notes.get.query({ id: note.id })).body).toBe(body)
  })

  test('list: reads the stored preview, not the text', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const { id } = await api.notes.create.mutate({ title: 'Engine', body: 'No. 1' })
    await app.services.db.write((tx) => tx.updateTable('notes').set({ body: 'Other' }).execute())
    for (const input of [{}, { search: 'no. 1' }]) {
      expect((await api.notes.list.query(input)).items).toMatchObject([{ id, preview: 'No. 1' }])
    }
  })

  test('list: the preview follows each change of title and text', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const { id } = await api.notes.create.mutate({ title: 'Engine', body: 'Engine\nNo. 1' })
    const changes = [
      [{}, 'No. 1'],
      [{ title: 'Other' }, 'Engine No. 1'],
      [{ body: 'Other\nNo. 2' }, 'No. 2'],
      [{ body: '' }, ''],
    ] as const
    for (const [index, [change, preview]] of changes.entries()) {
      await api.notes.update.mutate({ id, revision: Math.max(1, index), ...change })
      expect((await api.notes.list.query()).items).toMatchObject([{ id, preview }])
    }
  })
})
