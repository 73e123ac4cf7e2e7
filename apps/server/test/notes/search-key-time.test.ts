import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'

test('search keys: no text of a note is normalised inside a transaction', async () => {
  await using app = await testApp()
  const { api } = await newUser(app)
  const { db } = app.services
  const { write } = db
  const { normalize } = String.prototype
  const normalised: string[] = []
  let where = 'outside'
  db.write = (work, options) =>
    write(async (tx) => {
      where = 'inside'
      return work(tx).finally(() => (where = 'outside'))
    }, options)
  String.prototype.normalize = function (form) {
    if (this.length > 1_000) normalised.push(where)
    return normalize.call(this, form)
  }
  try {
    const body = 'é'.repeat(2_000)
    const { id } = await api.notes.create.mutate({ title: 'Long', body })
    await api.notes.update.mutate({ id, revision: 1, title: 'Other' })
    await api.notes.update.mutate({ id, revision: 2, body: `${body}é` })
  } finally {
    String.prototype.normalize = normalize
  }
  expect(normalised).not.toEqual([])
  expect(normalised).not.toContain('inside')
})
