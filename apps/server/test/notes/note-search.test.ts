import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'

describeOnEach('a search of notes', (databaseKind) => {
  test('treats quotes, comments and wildcards as text', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await newUser(app)
    await api.notes.create.mutate({ title: '100% "sure" _ \\ \' or 1=1 --' })
    await api.notes.create.mutate({ title: 'another note' })
    const titlesWith = async (search: string) =>
      (await api.notes.list.query({ search })).items.map(({ title }) => title)
    for (const search of ['%', '_', '\\', "'", '"', "' or 1=1 --", '100% "sure"']) {
      expect([search, (await titlesWith(search)).length]).toEqual([search, 1])
    }
    for (const search of ["' or 'a'='a", '%a%', '_n_', "'; delete from notes; --", '$1', '?']) {
      expect([search, await titlesWith(search)]).toEqual([search, []])
    }
  })
})
