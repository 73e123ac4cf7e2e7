import { rowMaker } from './row-makers.ts'
import { idOf, scattered, signupTime, userIdOf } from './values.ts'

export const noteRows = [
  rowMaker('notes', 1, (row, all) => ({
    id: idOf(row, signupTime(row, all)),
    user_id: userIdOf(scattered(row, all), all),
    title: `Note ${row}`,
    preview: 'A list of things to buy: bread, milk, tea.',
    body: 'A list of things to buy: bread, milk, tea.',
    search_key: `note ${row}\na list of things to buy: bread, milk, tea.`,
    bytes: 48,
    revision: 1,
    created_at: signupTime(row, all),
    updated_at: signupTime(row, all),
  })),
]
