import type { StatementRecorder } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { driveNotes } from '../notes/drive-notes.ts'
import { newAdmin } from '../support/actors.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'
import { driveLists } from './drive-lists.ts'
import { driveLogins } from './drive-logins.ts'
import { driveSecondServer } from './drive-second-server.ts'

/**
 * Makes every query of the product once, and records it: by each procedure with a valid input, by its other
 * branches, and by what servers and commands do without a call. What only prepares a call is not recorded.
 */
export async function driveEveryQuery(app: TestApp, record: StatementRecorder): Promise<void> {
  // Also, no caller below is the last admin.
  const admin = await newAdmin(app)
  for (const path of paths) {
    // A query changes nothing of its caller.
    const caller = procedures[path]._def.type === 'query' ? admin : await newAdmin(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const { status, text } = await record.during(() => call(app.url, path, input, caller.cookie))
    if (status !== 200) throw new Error(`${path}: ${text}`)
  }
  await driveLists(app, admin, record)
  await driveNotes(admin, record)
  await driveLogins(app, record)
  await driveSecondServer(app, record)
}
