import { product } from '@app/contract/product'
import type { Command } from '../../command.ts'
import { parseArguments } from '../../parse-arguments.ts'
import { remoteHelp, remoteOptions } from '../../remote/remote-options.ts'

export const notesDelete: Command = {
  name: 'notes delete',
  parameters: '<id>',
  summary: 'Delete a note.',
  callsServer: true,
  details: `Example:
  ${product.command} notes delete 019a0b6e-…

${remoteHelp}`,
  async run(args) {
    const { values, positionals } = parseArguments(args, { options: remoteOptions, positionals: ['id'] })
    const [id = ''] = positionals
    const { withRemote } = await import('../../remote/connect.ts')
    await withRemote(values, async (remote) => {
      await remote.call((signal) => remote.api.notes.remove.mutate({ id }, signal))
      remote.print({}, 'Deleted.')
    })
  },
}
