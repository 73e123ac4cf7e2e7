import { product } from '@app/contract/product'
import { WrongUse } from '../../command.ts'
import { remoteCommand } from '../../remote/remote-command.ts'

export const notesEdit = remoteCommand({
  name: 'notes edit',
  parameters: '<id> [--title <title>] [--stdin] [--revision <number>]',
  summary: 'Change the title or the text of a note.',
  details: `Fails with NOTE_CHANGED when the note was changed meanwhile, and overwrites nothing.

Options:
  --title <title>      The new title.
  --stdin              Read the new text from standard input.
  --revision <number>  The version that is changed: \`revision\` of the note with --json.
                       Default: the newest.

Example:
  ${product.command} notes edit 019a0b6e-… --title "Where the keys were"`,
  options: { title: { type: 'string' }, stdin: { type: 'boolean' }, revision: { type: 'string' } },
  positionals: ['id'],
  run({ values, positionals: [id = ''] }) {
    const { title } = values
    const readsBody = values.stdin === true
    if (title === undefined && !readsBody) throw new WrongUse('Give --title, --stdin or both.')
    const known = readRevision(values.revision)
    return async (remote) => {
      const { readInput } = await import('../../read-input.ts')
      const { notes } = remote.api
      const change = {
        ...(title === undefined ? {} : { title }),
        ...(readsBody ? { body: await readInput() } : {}),
      }
      const revision = known ?? (await remote.call((options) => notes.get.query({ id }, options))).revision
      const input = { id, revision, ...change }
      const note = await remote.call((options) => notes.update.mutate(input, options))
      remote.print(note, `Saved revision ${note.revision}.`)
    }
  },
})

function readRevision(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new WrongUse('--revision must be a whole number from 1.')
}
