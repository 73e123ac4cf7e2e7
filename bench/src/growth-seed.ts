// Fills a database as a year of a product with many users does. Run it again after an interruption, and it
// continues; see bench/README.md.
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { fillGrowthDatabase, removeGrowthDatabase } from './growth-database.ts'

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'sqlite' },
    users: { type: 'string', default: '100000' },
    folder: { type: 'string', default: path.join(tmpdir(), 'app-growth') },
    remove: { type: 'boolean', default: false },
  },
})
const { kind, folder } = values
if (kind !== 'sqlite' && kind !== 'postgres')
  throw new Error(`--kind must be sqlite or postgres, not ${kind}.`)
const database = { kind, folder, users: Number(values.users) } as const
if (values.remove) await removeGrowthDatabase(database)
else console.log(await fillGrowthDatabase(database))
