// The program of writer-worker-client.test.ts: `node writer-worker-client.fixture.ts <url>`. Writes and does
// not close the database.
import { openDatabase } from '../open-database.ts'

const [, , url = ''] = process.argv

const db = await openDatabase(url)
await db.write((tx) => tx.deleteFrom('emails').execute())
process.stdout.write('written\n')
