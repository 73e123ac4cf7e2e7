import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const secretsReseal: Command = {
  name: 'secrets reseal',
  parameters: '[--remove-unreadable]',
  summary: 'Seal stored secrets with the newest of AUTH_SECRETS, before an older one is removed.',
  details: `The secrets of authenticator apps are stored sealed by AUTH_SECRETS. Run it after a new secret
was put first, while the old one is still in the list. Servers may run meanwhile. It can be
interrupted and run again. It fails if a secret cannot be read: then AUTH_SECRETS lacks an old one.

Options:
  --remove-unreadable  Remove the authenticator apps whose secret cannot be read. Their users
                       log in without one, and get a notice. For an old secret that is lost.`,
  async run(args) {
    const options = { 'remove-unreadable': { type: 'boolean' } } as const
    const { values } = parseArguments(args, { options, positionals: [] })
    const { resealSecrets } = await import('@app/router')
    const { withServices } = await import('../with-services.ts')
    await withServices(async (services) => {
      const { resealed, removed, unreadable } = await resealSecrets(services, {
        removesUnreadable: values['remove-unreadable'] === true,
        onProgress: (done) => {
          if (process.stderr.isTTY) process.stderr.write(`\r${done} secrets`)
        },
      })
      if (process.stderr.isTTY && resealed + removed + unreadable > 0) process.stderr.write('\n')
      console.log(`Sealed ${secretsOf(resealed)} with the newest of AUTH_SECRETS.`)
      if (removed > 0) console.log(`Removed ${appsOf(removed)} whose secret cannot be read.`)
      if (unreadable === 0) return
      throw new CommandFailed(
        `${secretsOf(unreadable)} cannot be read: AUTH_SECRETS lacks the one that sealed ${unreadable === 1 ? 'it' : 'them'}. Add it again, or use --remove-unreadable.`,
      )
    })
  },
}

function appsOf(count: number): string {
  return count === 1 ? '1 authenticator app' : `${count} authenticator apps`
}

function secretsOf(count: number): string {
  return count === 1 ? '1 secret' : `${count} secrets`
}
