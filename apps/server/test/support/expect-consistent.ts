import { DatabaseSync } from 'node:sqlite'
import { expect } from 'vitest'

/** Each query finds the rows of an incomplete operation. */
const incompleteOperations = {
  'a user without a password': `select username from users where id not in (select user_id from password_credentials)`,
  'a user without the email address of the sign-up': `select username from users where id not in (select user_id from emails)`,
  'a user without a session': `select username from users where id not in (select user_id from sessions)`,
  'a user whose sign-up is not recorded': `select username from users
    where id not in (select subject from audit_events where event = 'signup')`,
  'a recorded sign-up without its user': `select subject from audit_events
    where event = 'signup' and subject not in (select id from users)`,
  'a session without its user': `select id from sessions where user_id not in (select id from users)`,
  'a password without its user': `select user_id from password_credentials where user_id not in (select id from users)`,
  'a note without its user': `select id from notes where user_id not in (select id from users)`,
  'a password change without its event, or an event without its change': `select user_id from password_credentials
    where version - 1 <> (select count(*) from audit_events where event = 'password-changed' and subject = user_id)`,
}

/**
 * Checks a SQLite file after users signed up with an email address, changed names and passwords, and logged
 * in: no operation is incomplete, and the file is not damaged.
 */
export function expectConsistent(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    for (const [problem, query] of Object.entries(incompleteOperations)) {
      expect({ [problem]: database.prepare(query).all() }).toEqual({ [problem]: [] })
    }
    expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    expect(database.prepare('pragma foreign_key_check').all()).toEqual([])
  } finally {
    database.close()
  }
}
