import { product } from '@app/contract/product'
import { WrongUse } from '../../command.ts'
import { minuteInUtc } from '../../minute-in-utc.ts'
import { remoteCommand } from '../../remote/remote-command.ts'
import { shownLines } from '../../shown.ts'

export const notesList = remoteCommand({
  name: 'notes list',
  parameters: '[--search <text>] [--limit <number>] [--cursor <cursor>]',
  summary: 'List your notes on a server, newest first.',
  details: `Prints one line for each: id, time of the last change, title.

Options:
  --search <text>    Only notes that contain the text.
  --limit <number>   At most so many.
  --cursor <cursor>  Continue a list: \`nextCursor\` of the result with --json.

Examples:
  ${product.command} notes list
  ${product.command} notes list --search keys --json`,
  unseen: null,
  options: { search: { type: 'string' }, limit: { type: 'string' }, cursor: { type: 'string' } },
  run({ values }) {
    const { search, cursor, limit } = values
    if (limit !== undefined && !/^\d+$/.test(limit)) throw new WrongUse('--limit must be a whole number.')
    return async (remote) => {
      const input = {
        ...(search === undefined ? {} : { search }),
        ...(cursor === undefined ? {} : { cursor }),
        ...(limit === undefined ? {} : { limit: Number(limit) }),
      }
      const page = await remote.call((options) => remote.api.notes.list.query(input, options))
      const lines = page.items.map(
        ({ id, title, updatedAt }) => `${id}  ${minuteInUtc(Date.parse(updatedAt))}  ${title}`,
      )
      const more = page.nextCursor === null ? [] : [`There are more: --cursor ${page.nextCursor}`]
      remote.print(page, lines.length === 0 ? 'There are no notes.' : shownLines([...lines, ...more]))
    }
  },
})
