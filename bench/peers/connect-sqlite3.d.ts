/** The published types of the store lack the option for an open database. */
declare module 'connect-sqlite3' {
  import type session from 'express-session'
  function storeOf(host: { session: typeof session }): new (options: { db: object }) => session.Store
  export = storeOf
}
