import { CommandFailed, Interrupted, WrongUse } from './command.ts'
import { HiddenLine } from './hidden-line.ts'

/**
 * Asks twice on the terminal and shows no typed text.
 * @throws Interrupted, WrongUse without a terminal, CommandFailed when the two differ
 */
export async function askNewPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new WrongUse('There is no terminal to ask for the password. Pass it with --password-stdin.')
  }
  const [password, again] = await askHidden('Password: ', 'Password again: ')
  if (password !== again) throw new CommandFailed('The two passwords differ. Nothing was created.')
  return password ?? ''
}

/**
 * Asks on standard error, so that the output of the command stays clean. Restores the terminal, even after an
 * error. Needs a terminal.
 * @throws Interrupted
 */
export async function askHidden(...questions: string[]): Promise<string[]> {
  const { stdin, stderr } = process
  const answers: string[] = []
  const line = new HiddenLine()
  const ask = () => stderr.write(questions[answers.length] ?? '')
  stdin.setEncoding('utf8')
  // The end of an earlier question lets the process end.
  stdin.ref()
  stdin.setRawMode(true)
  try {
    ask()
    for await (const typed of stdin.iterator({ destroyOnReturn: false })) {
      // A paste may contain several lines.
      for (const character of String(typed)) {
        const { status } = line.type(character)
        if (status === 'open') continue
        stderr.write('\n')
        if (status === 'interrupted') throw new Interrupted()
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
