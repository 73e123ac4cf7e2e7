import { product } from '@app/contract/product'
import type { Command } from '../../command.ts'
import { parseArguments } from '../../parse-arguments.ts'
import { remoteHelp, remoteOptions } from '../../remote/remote-options.ts'
import { shownLine } from '../../shown.ts'

export const notesShow: Command = {
  name: 'notes show',
  parameters: '<id>',
  summary: 'Show a note.',
  callsServer: true,
  details: `Prints the title, an empty line, and the text. Characters that can control
the terminal become question marks; --json escapes them.

Example:
  ${product.command} notes show 019a0b6e-…

${remoteHelp}`,
  async run(args) {
    const { values, positionals } = parseArguments(args, { options: remoteOptions, positionals: ['id'] })
    const [id = ''] = positionals
    const { withRemote } = await import('../../remote/connect.ts')
    await withRemote(values, async (remote) => {
      const note = await remote.call((signal) => remote.api.notes.get.query({ id }, signal))
      remote.print(note, `${shownLine(note.title)}\n\n${note.body}`)
    })
  },
}
