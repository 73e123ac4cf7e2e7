// A first program against the API: signs up, changes a name, reads it back, handles a failure, logs out.
// With a running server (`npm start`): node tools/pnpm.mjs exec node examples/first-call/main.ts
// http://localhost:8087 Every name, input and failure below is checked against the server's types. A second
// run finds its account and logs in.
import { attempt, createClient, everyCallText } from '@app/client'

const api = createClient(process.argv[2] ?? 'http://localhost:8087')
const account = { username: 'first-caller', password: 'three keys on one ring' }

console.log(await signUp())
await api.account.updateProfile.mutate({ name: 'First Caller' })
const me = await api.account.me.query()
console.log(`Read it back: ${me.name}`)
console.log(await signUp())
await api.auth.logout.mutate()
console.log('Logged out.')

/**
 * Signs up, or logs in. A failure that the server adds to sign-up does not compile here until it is handled.
 */
async function signUp(): Promise<string> {
  const result = await attempt(api.auth.signup.mutate(account))
  if (result.ok) return `Signed up as ${result.value.user.username}.`
  const { failure } = result
  switch (failure.reason) {
    case 'USERNAME_TAKEN':
      await api.auth.login.mutate(account)
      return `The name ${account.username} is taken, so logged in.`
    case 'PASSWORD_REJECTED':
      return stop(`That password is too easy to guess (${failure.why}).`)
    case 'INVITATION_REQUIRED':
    case 'LINK_INVALID':
      return stop('This server takes invited users only.')
    case 'SIGNUP_CLOSED':
    case 'PASSWORD_LOGIN_OFF':
      return stop('This server takes no sign-ups.')
    case 'BUSY':
      return stop(`The server is busy. Try again in ${failure.retryAfterSeconds} s.`)
    default:
      return stop(everyCallText(failure))
  }
}

function stop(why: string): never {
  console.error(why)
  process.exit(1)
}
