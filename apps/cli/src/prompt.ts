import { CommandFailed, Interrupted, WrongUse } from './command.ts'
import { HiddenLine } from './hidden-line.ts'

/**
 * Asks twice on the terminal and shows nothing of what is typed.
 * @throws Interrupted, WrongUse without a terminal, CommandFailed when the two differ
 */
export async function askNewPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new WrongUse('There is no terminal to ask for the password on. Pass it with --password-stdin.')
  }
  const [password, again] = await askHidden('Password: ', 'Password again: ')
  if (password !== again) throw new CommandFailed('The two passwords differ. Nothing was created.')
  return password ?? ''
}

/**
 * Asks on standard error, so that the output of the command stays clean. The terminal is as before when this
 * ends, however it ends.
 */
async function askHidden(...questions: string[]): Promise<string[]> {
  const { stdin, stderr } = process
  const answers: string[] = []
  const line = new HiddenLine()
  const ask = () => stderr.write(questions[answers.length] ?? '')
  stdin.setEncoding('utf8')
  stdin.setRawMode(true)
  try {
    ask()
    for await (const typed of stdin.iterator({ destroyOnReturn: false })) {
      // Several lines can come at once when they are pasted.
      for (const character of String(typed)) {
        const state = line.type(character)
        if (state === 'open') continue
        stderr.write('\n')
        if (state === 'interrupted') throw new Interrupted()
        answers.push(line.take())
        if (answers.length === questions.length) return answers
        ask()
      }
    }
    throw new Interrupted()
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stdin.unref()
  }
}
