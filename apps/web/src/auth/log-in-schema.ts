import { textLimits } from '@app/contract/limits'
import { textProblem } from '@app/contract/text-problem'
import type { FormSchema } from '../forms/form-schema.ts'

interface LogInValues {
  username: string
  password: string
  remember: boolean
}

const shape = {
  username: requiredText('User name', textLimits.email.max),
  password: requiredText('Password', textLimits.password.max),
}

/**
 * The rules of `LoginInput` with its sentences, but without zod, which would be a tenth of what a visitor
 * loads before the log-in page. The server normalises the user name.
 */
export const logInSchema: FormSchema<LogInValues> = {
  shape,
  safeParse(values) {
    // Sound: a form has these fields, and their values are texts or, of a check box, a boolean.
    const data = values as LogInValues
    const issues = Object.entries(shape).flatMap(([name, field]) => {
      const result = field.safeParse(data[name as keyof typeof shape])
      return result.success ? [] : result.error.issues.map(({ message }) => ({ path: [name], message }))
    })
    return issues.length === 0 ? { success: true, data } : { success: false, error: { issues } }
  },
}

function requiredText(label: string, max: number): FormSchema<LogInValues>['shape'][string] {
  return {
    safeParse(value) {
      const message = textProblem(label, typeof value === 'string' ? value : '', 1, max)
      return message === undefined
        ? { success: true, data: value }
        : { success: false, error: { issues: [{ path: [], message }] } }
    },
  }
}
