// A program with a client that openapi-typescript generated from the API document (docs/openapi.md).
// With a server running: node main.ts http://localhost:8087
import createClient from 'openapi-fetch'
import type { Middleware } from 'openapi-fetch'
import type { paths } from './api.d.ts'

const url = process.argv[2] ?? 'http://localhost:8087'
const api = createClient<paths>({ baseUrl: `${url}/api/v1` })
api.use(keepCookies())
const account = { username: 'generated-caller', password: 'three keys on one ring' }

const { data, error } = await api.POST('/auth/signup', { body: account })
if (data !== undefined) console.log(`Signed up as ${data.user.username}.`)
else if (error.reason === 'USERNAME_TAKEN') {
  await api.POST('/auth/login', { body: account })
  console.log(`The name ${account.username} is taken, so logged in.`)
} else if (error.reason === 'PASSWORD_REJECTED') {
  // Its details are typed: `why` is one of three words.
  console.log(`That password is too easy to guess (${error.why}).`)
} else console.log(error.detail)

const renamed = await api.PATCH('/account', { body: { name: 'Generated Caller' } })
console.log(`The name is ${renamed.data?.name}.`)
const users = await api.GET('/users', { params: { query: { limit: 1 } } })
console.log(`The first user is ${users.data?.items[0]?.username}.`)
const removed = await api.DELETE('/users/{id}', {
  params: { path: { id: '01977e3c-0000-7000-8000-000000000000' } },
})
console.log(`Removing a user: ${removed.error?.reason}.`)

/** Sends back the cookies that the server sets, as a browser does. */
function keepCookies(): Middleware {
  const cookies = new Map<string, string>()
  return {
    onRequest: ({ request }) => {
      request.headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    },
    onResponse: ({ response }) => {
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        cookies.set(name, value)
      }
    },
  }
}
