import type { Path } from '../support/procedure-types.ts'

type Rename = (input: Readonly<Record<string, unknown>>) => object

const same: Rename = (input) => input
const withUid: Rename = ({ username, ...rest }) => ({ uid: username, ...rest })

/** How the input of a procedure is sent to the tutorials' API. */
export const routesOfProcedures: readonly [path: Path, route: `${string} /${string}`, rename: Rename][] = [
  ['auth.login', 'POST /api/authenticate', withUid],
  ['auth.logout', 'DELETE /api/authenticate', same],
  ['auth.signup', 'POST /api/user', withUid],
  ['account.me', 'GET /api/user', same],
  ['account.me', 'GET /api/id', same],
  ['account.updateProfile', 'PUT /api/user', same],
  ['account.close', 'DELETE /api/user', same],
  ['users.remove', 'DELETE /api/user', same],
  ['users.list', 'GET /api/users', same],
]
