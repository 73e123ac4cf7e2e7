import { product } from '@app/contract/product'
import { remoteCommand } from '../../remote/remote-command.ts'

export const notesAdd = remoteCommand({
  name: 'notes add',
  parameters: '<title> [--stdin]',
  summary: 'Create a note, and print its id.',
  details: `Options:
  --stdin  Read the text of the note from standard input.

Examples:
  ${product.command} notes add "Where the keys are"
  ${product.command} notes add "Where the keys are" --stdin < keys.txt`,
  options: { stdin: { type: 'boolean' } },
  positionals: ['title'],
  run:
    ({ values, positionals: [title = ''] }) =>
    async (remote) => {
      const { readInput } = await import('../../read-input.ts')
      const body = values.stdin === true ? await readInput() : ''
      const note = await remote.call((options) => remote.api.notes.create.mutate({ title, body }, options))
      remote.print(note, note.id)
    },
})
