import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import { failureResponse } from '../setup/failure-response.ts'
import { button, title } from '../setup/forms.ts'
import { intercept } from '../setup/intercept.ts'
import type { Server } from '../setup/start-server.ts'
import type { States } from '../states/state.ts'
import { draftNote, field, openNote, saveStatus } from './note-page.ts'

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

/** The list of notes and the editor. */
export const noteStates: States = {
  'notes-empty': async (page, server) => {
    await openNotes(page, server, [])
    await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  },
  notes: (page, server) => openNotes(page, server, texts),
  'notes-welcome': async (page) => {
    await page.goto('/signup')
    await page.getByLabel('User name').fill(newCredentials('ada').username)
    await page.getByLabel('Password', { exact: true }).fill('five hats on a quiet shelf')
    await button(page, 'Sign up').click()
    await expect(page.getByRole('status')).toContainText('Your account is ready.')
    await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  },
  'notes-long': async (page, server) => {
    const lines = Array.from({ length: 40 }, (_, index) => `Line ${index + 1} of a long story.`)
    await openNotes(page, server, [
      { title: 'A title without a single gap '.replaceAll(' ', '_').repeat(6), body: 'word'.repeat(500) },
      { title: 'A title of many words '.repeat(8).trim(), body: lines.join('\n') },
    ])
  },
  'notes-many': async (page, server) => {
    const many = Array.from({ length: 21 }, (_, index) => ({ title: `Note ${index + 1}`, body: '' }))
    await signUp(page, server, 'ada')
    for (const each of many) await call(page, server, 'notes.create', each)
    await page.goto('/')
    await expect(button(page, 'Load more')).toBeVisible()
  },
  'notes-found-nothing': async (page, server) => {
    await openNotes(page, server, texts)
    await page.getByRole('searchbox', { name: 'Search notes' }).fill('no such word')
    await expect(page.getByRole('heading', { name: /^Nothing found/ })).toBeVisible()
  },
  'note-new': async (page, server) => {
    await openNotes(page, server, texts)
    await page.getByRole('link', { name: 'New note' }).click()
    await expect(field(page, 'Title')).toBeFocused()
  },
  note: async (page, server) => {
    await openNotes(page, server, texts)
    await openNote(page, 'Groceries')
    await expect(saveStatus(page)).toContainText('Saved')
  },
  'note-long': async (page, server) => {
    const lines = Array.from({ length: 60 }, (_, index) => `Line ${index + 1} of a long story.`)
    const long = {
      title: 'A_title_without_a_single_gap_'.repeat(6),
      body: `${'word'.repeat(500)}\n${lines.join('\n')}`,
    }
    await openNotes(page, server, [long])
    await openNote(page, long.title)
  },
  'note-too-long': async (page, server) => {
    await openNotes(page, server, texts)
    await openNote(page, 'Groceries')
    await field(page, 'Title').fill('Flour, pears and two lemons '.repeat(8))
    await expect(saveStatus(page)).toContainText('Not saved: the title is 23 characters too long.')
  },
  'note-saving': async (page, server) => {
    await openNotes(page, server, texts)
    await openNote(page, 'Groceries')
    await intercept(page, '*/trpc/notes.update', 'hold')
    await field(page, 'Text').fill('x'.repeat(19_000))
    await expect(saveStatus(page)).toContainText('Saving…')
  },
  'note-missing': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/notes/01a00000-0000-7000-8000-000000000000')
    await expect(title(page)).toHaveText('Note not found')
  },
  'note-too-many': async (page, server) => {
    await openNotes(page, server, texts)
    await page.route('**/trpc/notes.create', (route) => route.fulfill(tooMany))
    await draftNote(page, 'One more', 'And no room for it')
    await expect(saveStatus(page)).toContainText('You have reached the limit of notes.')
  },
  'note-delete': async (page, server) => {
    await openNotes(page, server, texts)
    await openNote(page, 'Groceries')
    await button(page, 'Delete').click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  'note-conflict': async (page, server) => {
    await signUp(page, server, 'ada')
    const { id, revision } = await call(page, server, 'notes.create', groceries)
    await page.goto(`/notes/${id}`)
    await field(page, 'Text').fill('Flour\nPlums\nTwo lemons')
    await call(page, server, 'notes.update', { id, revision, body: 'Flour\nPears\nSix eggs\nTwo lemons' })
    await expect(page.getByRole('region', { name: /^Stored version/ })).toBeVisible()
  },
  'note-conflict-other-taken': async (page, server) => {
    await signUp(page, server, 'ada')
    const { id, revision } = await call(page, server, 'notes.create', groceries)
    await page.goto(`/notes/${id}`)
    await field(page, 'Text').fill('Flour\nPlums\nTwo lemons')
    await call(page, server, 'notes.update', { id, revision, body: 'Flour\nPears\nSix eggs\nTwo lemons' })
    await button(page, 'Use stored version').click()
    await expect(button(page, 'Restore my version')).toBeVisible()
  },
  'note-conflict-long': async (page, server) => {
    await signUp(page, server, 'ada')
    const lines = Array.from({ length: 30 }, (_, index) => `Line ${index + 1} of a long story.`)
    const { id, revision } = await call(page, server, 'notes.create', {
      title: 'Story',
      body: lines.join('\n'),
    })
    await page.goto(`/notes/${id}`)
    await field(page, 'Text').fill(`${lines.join('\n')}\nAnd an end.`)
    const body = [...lines.slice(0, 4), 'word'.repeat(100), ...lines.slice(6)].join('\n')
    await call(page, server, 'notes.update', { id, revision, title: 'A_longer_title_'.repeat(12), body })
    await expect(page.getByRole('region', { name: /^Stored version/ })).toBeVisible()
  },
  'note-removed': async (page, server) => {
    await signUp(page, server, 'ada')
    const { id } = await call(page, server, 'notes.create', groceries)
    await page.goto(`/notes/${id}`)
    await field(page, 'Text').fill('Flour\nPlums')
    await call(page, server, 'notes.remove', { id })
    await expect(page.getByRole('region', { name: 'This note was deleted' })).toBeVisible()
  },
}

/** The failure for a user with 5,000 notes. A server test creates them. */
const tooMany = failureResponse(409, { reason: 'TOO_MANY_NOTES' })
