import { product } from '@app/contract/product'
import type { Command } from '../../command.ts'
import { parseArguments } from '../../parse-arguments.ts'
import { remoteHelp, remoteOptions } from '../../remote/remote-options.ts'

export const notesAdd: Command = {
  name: 'notes add',
  parameters: '<title> [--stdin]',
  summary: 'Create a note, and print its id.',
  callsServer: true,
  details: `Options:
  --stdin  Read the text of the note from standard input.

Examples:
  ${product.command} notes add "Where the keys are"
  ${product.command} notes add "Where the keys are" --stdin < keys.txt

${remoteHelp}`,
  async run(args) {
    const options = { ...remoteOptions, stdin: { type: 'boolean' } } as const
    const { values, positionals } = parseArguments(args, { options, positionals: ['title'] })
    const [title = ''] = positionals
    const { readInput } = await import('../../remote/read-input.ts')
    const { withRemote } = await import('../../remote/connect.ts')
    await withRemote(values, async (remote) => {
      const body = values.stdin === true ? await readInput(process.stdin) : ''
      const note = await remote.call((signal) => remote.api.notes.create.mutate({ title, body }, signal))
      remote.print(note, note.id)
    })
  },
}
