import { expect, type Page } from '@playwright/test'

import { button, draftNote, note, title } from '../setup/forms.ts'
import { call, signUp } from '../setup/people.ts'
import type { Server } from '../setup/start-server.ts'
import type { State } from './state.ts'

const groceries = { title: 'Groceries', body: 'Flour\nPears\nTwo lemons' }
const texts = [
  { title: 'Train', body: 'Leaves at nine from platform 4. Take the blue bag, it has the tickets.' },
  { title: 'Books to give back', body: 'The one about lighthouses, and the atlas.' },
  groceries,
]

async function openNotes(page: Page, server: Server, notes: readonly { title: string; body: string }[]) {
  await signUp(page, server, 'ada')
  for (const each of notes) await call(page, server, 'notes.create', each)
  await page.goto('/')
  await expect(title(page)).toHaveText('Your notes')
  await expect(page.getByRole('article')).toHaveCount(notes.length)
}

/** What members see on the start page. */
export const noteStates: State[] = [
  {
    name: 'notes-empty',
    async open(page, server) {
      await openNotes(page, server, [])
      await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
    },
  },
  { name: 'notes', open: (page, server) => openNotes(page, server, texts) },
  {
    name: 'notes-welcome',
    async open(page) {
      await page.goto('/signup')
      await page.getByLabel('User name').fill(`ada-${crypto.randomUUID().slice(-6)}`)
      await page.getByLabel('Password', { exact: true }).fill('five hats on a quiet shelf')
      await button(page, 'Sign up').click()
      await expect(page.getByRole('status')).toContainText('Your account is ready.')
      await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
    },
  },
  {
    name: 'notes-long',
    async open(page, server) {
      const lines = Array.from({ length: 40 }, (_, index) => `Line ${index + 1} of a long story.`)
      await openNotes(page, server, [
        { title: 'A title without a single gap '.replaceAll(' ', '_').repeat(6), body: 'word'.repeat(500) },
        { title: 'A title of many words '.repeat(8).trim(), body: lines.join('\n') },
      ])
    },
  },
  {
    name: 'notes-many',
    async open(page, server) {
      const many = Array.from({ length: 21 }, (_, index) => ({ title: `Note ${index + 1}`, body: '' }))
      await signUp(page, server, 'ada')
      for (const each of many) await call(page, server, 'notes.create', each)
      await page.goto('/')
      await expect(button(page, 'Load more')).toBeVisible()
    },
  },
  {
    name: 'notes-found-nothing',
    async open(page, server) {
      await openNotes(page, server, texts)
      await page.getByRole('searchbox', { name: 'Search notes' }).fill('no such word')
      await expect(page.getByRole('heading', { name: /^Nothing found/ })).toBeVisible()
    },
  },
  {
    name: 'note-new',
    async open(page, server) {
      await openNotes(page, server, texts)
      await draftNote(page, 'Postcards', 'One for the neighbours')
    },
  },
  {
    name: 'note-new-with-errors',
    async open(page, server) {
      await openNotes(page, server, texts)
      const form = await draftNote(page, '', '')
      await button(form, 'Save note').click()
      await expect(form.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true')
    },
  },
  {
    name: 'note-edit',
    async open(page, server) {
      await openNotes(page, server, texts)
      await button(page, 'Edit Groceries').click()
      await expect(page.getByRole('form', { name: 'Edit Groceries' })).toBeVisible()
    },
  },
  {
    name: 'note-delete',
    async open(page, server) {
      await openNotes(page, server, texts)
      await button(page, 'Delete Groceries').click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'note-conflict',
    async open(page, server) {
      await signUp(page, server, 'ada')
      const { id, revision } = await call(page, server, 'notes.create', groceries)
      await page.goto('/')
      await button(note(page, 'Groceries'), 'Edit Groceries').click()
      const form = page.getByRole('form', { name: 'Edit Groceries' })
      await form.getByLabel('Text').fill('Flour\nPlums')
      await call(page, server, 'notes.update', { id, revision, body: 'Flour\nPears\nSix eggs' })
      await button(form, 'Save note').click()
      await expect(page.getByRole('region', { name: 'Saved version' })).toBeVisible()
    },
  },
]
