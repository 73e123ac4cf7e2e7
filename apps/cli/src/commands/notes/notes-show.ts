import { product } from '@app/contract/product'
import { remoteCommand } from '../../remote/remote-command.ts'
import { shownLine } from '../../shown.ts'

export const notesShow = remoteCommand({
  name: 'notes show',
  parameters: '<id>',
  summary: 'Show a note.',
  details: `Prints the title, an empty line, and the text. Characters that can control
the terminal become question marks; --json escapes them.

Example:
  ${product.command} notes show 019a0b6e-…`,
  unseen: null,
  positionals: ['id'],
  run:
    ({ positionals: [id = ''] }) =>
    async (remote) => {
      const note = await remote.call((options) => remote.api.notes.get.query({ id }, options))
      remote.print(note, `${shownLine(note.title)}\n\n${note.body}`)
    },
})
