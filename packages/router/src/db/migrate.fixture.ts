import type { Migration } from './migration.ts'
import { migrations } from './migrations/index.ts'
// The program of migrate.test.ts: `node migrate.fixture.ts <url> [stall]`. Prints a line when it is done.
// With `stall` it prints the line in the middle of the second migration and waits to be killed.
import { migrateDatabase } from './open-database.ts'

const [, , url = '', stall] = process.argv

const stalling: Migration = {
  name: '9999-stall',
  async up({ db, createTable, text }) {
    await createTable('half_done').addColumn('id', text).execute()
    await db.schema.alterTable('users').addColumn('half_done', text).execute()
    process.stdout.write('half done\n')
    await new Promise((resolve) => setTimeout(resolve, 600_000))
  },
}

const ran = await migrateDatabase(url, {
  migrations: stall === undefined ? migrations : [...migrations, stalling],
})
process.stdout.write(`${JSON.stringify(ran)}\n`)
