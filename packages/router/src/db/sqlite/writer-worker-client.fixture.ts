// A process of its own for writer-worker-client.test.ts: `node writer-worker-client.fixture.ts <url>`. Writes
// and forgets to close.
import { openDatabase } from '../open-database.ts'

const [, , url = ''] = process.argv

const db = await openDatabase(url)
await db.write((tx) => tx.deleteFrom('emails').execute())
process.stdout.write('written\n')
