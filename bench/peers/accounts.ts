import { randomUUID } from 'node:crypto'
import bcrypt from 'bcrypt'
import type { Database } from 'better-sqlite3'
import { settings } from './settings.ts'

export interface User {
  id: string
  username: string
}

/** Creates the table of users for the peers that bring none. */
export function createAccounts(database: Database) {
  database.exec('create table users (id text primary key, username text not null unique, hash text not null)')
  const insert = database.prepare('insert into users (id, username, hash) values (?, ?, ?)')
  const byId = database.prepare<[string], User>('select id, username from users where id = ?')
  const byName = database.prepare<[string], User & { hash: string }>('select * from users where username = ?')
  return {
    find: (id: string) => byId.get(id),
    signUp: async (username: string, password: string): Promise<User> => {
      const user = { id: randomUUID(), username }
      insert.run(user.id, username, await bcrypt.hash(password, settings.hashCost))
      return user
    },
    /** Returns null for a wrong user name or password. */
    check: async (username: string, password: string): Promise<User | null> => {
      const user = byName.get(username)
      if (user === undefined || !(await bcrypt.compare(password, user.hash))) return null
      return { id: user.id, username }
    },
  }
}
