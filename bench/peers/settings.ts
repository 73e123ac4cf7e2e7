import Database from 'better-sqlite3'

/** What the benchmark sets in the environment of each peer. */
export const settings = {
  port: Number(process.env['PORT']),
  hashCost: Number(process.env['HASH_COST']),
  secret: process.env['SECRET'] ?? '',
}

/** Opens the file of this peer, with the journal and the durability of our server. */
export function openDatabase(): Database.Database {
  const database = new Database(process.env['DATABASE_FILE'])
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  return database
}
