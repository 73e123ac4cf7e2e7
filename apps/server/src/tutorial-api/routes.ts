import { failures } from '@app/contract'
import { failureEnvelope } from './envelope.ts'
import { routeTo, success } from './route.ts'
import type { Fields, Route } from './route.ts'

const secondStep =
  'This account needs a second step to log in, which this address does not have. Log in on the log-in page.'

const logIn = routeTo('auth.login', {
  input: ({ uid, ...rest }) => ({ ...rest, username: uid }),
  answer: (result) => {
    if (result.status === 'signed-in') {
      const user = withUid(result.user)
      return success(`Authentication for ${user.uid} successful`, user)
    }
    const { status } = failures.UNAUTHENTICATED
    return { status, ...failureEnvelope(status, secondStep) }
  },
})

const logOut = routeTo('auth.logout', {
  input: same,
  answer: () => success('Successfully logged out.', null),
})

const readUser = routeTo('account.me', {
  answer: (self) => success(`You are logged in as ${self.username}.`, withUid(self)),
})

const signUp = routeTo('auth.signup', {
  input: ({ uid, ...rest }) => ({ ...rest, username: uid }),
  answer: ({ user }) => success(`User ${user.username} created.`, withUid(user), 201),
})

const changeUser = routeTo('account.updateProfile', {
  // The procedure accepts a call without a name, and changes nothing.
  input: ({ name = null, ...rest }) => ({ ...rest, name }),
  answer: (self) => success(`User ${self.username} updated.`, withUid(self)),
})

const closeAccount = routeTo('account.close', {
  input: same,
  answer: () => success('User deleted.', null),
})

const removeUser = routeTo('users.remove', {
  input: same,
  answer: () => success('User deleted.', null),
})

const listUsers = routeTo('users.list', {
  input: ({ limit, cursor, search }) => ({ limit: numberIn(limit), cursor, search }),
  answer: ({ items, nextCursor }, { limit, search }) => ({
    ...success('Users by user name.', items.map(withUid)),
    nextPage: nextCursor === null ? undefined : textsOf({ limit, search, cursor: nextCursor }),
  }),
})

/** By path and method. A choice depends on the fields of the body. */
export const tutorialRoutes: Readonly<Record<string, Readonly<Record<string, (fields: Fields) => Route>>>> = {
  '/authenticate': { POST: () => logIn, DELETE: () => logOut },
  '/user': {
    GET: () => readUser,
    POST: () => signUp,
    PUT: () => changeUser,
    DELETE: ({ id }) => (id === undefined ? closeAccount : removeUser),
  },
  '/id': { GET: () => readUser },
  '/users': { GET: () => listUsers },
}

function same(fields: Fields): Fields {
  return fields
}

/** Names the user name as the tutorial does. */
function withUid<T extends { username: string }>({ username, ...rest }: T) {
  return { uid: username, ...rest }
}

/** Returns the number in a text. Other text stays as it is, so that the schema rejects it. */
function numberIn(text: unknown): unknown {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text
}

function textsOf(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string'),
  )
}
