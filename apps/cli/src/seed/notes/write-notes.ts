import type { Browser } from '../browser.ts'

const titles = [
  'Shopping',
  'Spare keys',
  'Books to return',
  'Ideas for the summer',
  'Questions for the landlord',
]

const bodies = [
  'Milk, bread, two light bulbs (E27).',
  'One under the third pot, one with the neighbours, one lost since May.',
  'Grüße aus Köln, 東京 and Αθήνα: text of any script is fine here.',
  '',
  'A longer text, to see how lists cut it and how the editor grows.\n\n'.repeat(20),
]

/** Writes the notes of a user, many for the admin, and changes each third of them once. */
export async function writeNotes(browser: Browser, userIndex: number): Promise<void> {
  const count = userIndex === 0 ? 45 : userIndex % 4
  for (let index = 0; index < count; index += 1) {
    const title = `${titles[index % titles.length]} ${Math.floor(index / titles.length) + 1}`
    const body = bodies[index % bodies.length] ?? ''
    const note = await browser.call((api) => api.notes.create({ title, body }))
    if (index % 3 === 0) {
      const changed = { id: note.id, revision: note.revision, body: `${body}\nChanged once.` }
      await browser.call((api) => api.notes.update(changed))
    }
  }
}
