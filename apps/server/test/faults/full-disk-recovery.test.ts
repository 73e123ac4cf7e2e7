import { signupInput } from '@app/contract/testing'
import { isInstalled } from '@app/router/testing'
import { expect, test } from 'vitest'
import { diskIn, fillDisk, rename, smallDisk } from '../support/fill-disk.ts'
import { sharedMount } from '../support/mount-namespace.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { dataFolder, startServer } from '../support/server-process.ts'

const ada = signupInput({ username: 'ada', email: 'ada@a.example' })
const newPassword = 'a better battery'
const mounts = isInstalled('unshare')
const why = mounts ? '' : ' (this system does not allow mounts)'

const statusAndReason = (answer: RawAnswer) => [answer.status, reasonIn(answer)]

/** Returns the secret of a link to this page, from the mails that a development server shows. */
async function mailedSecret(url: string, page: string): Promise<string> {
  const textOf = async (address: string) => (await fetch(`${url}${address}`)).text()
  const secrets = async () => {
    const list = await textOf('/dev/mailbox')
    const mails = [...list.matchAll(/<a href="(\/dev\/mailbox\/[\w-]+)">/g)].map(([, address]) => address)
    const texts = await Promise.all(mails.map((address) => textOf(`${address}/text`)))
    return texts.flatMap((text) => new RegExp(`${page}#([\\w-]+)`).exec(text)?.[1] ?? [])
  }
  await expect.poll(secrets).not.toEqual([])
  return (await secrets())[0] ?? ''
}

test.skipIf(!mounts)(`full disk: a reset of the password works and ends all sessions${why}`, async () => {
  using folder = dataFolder()
  const { disk, environment } = diskIn(folder)
  await using mount = await sharedMount(smallDisk, disk)
  await using server = startServer(environment, mount.within)
  const url = await server.url()
  const { cookies } = await post(url, 'auth.signup', ada)
  const verification = { secret: await mailedSecret(url, 'verify-email') }
  expect(statusAndReason(await post(url, 'email.verify', verification))).toEqual([200, undefined])
  await post(url, 'recovery.request', { identifier: 'ada' })
  const reset = { secret: await mailedSecret(url, 'reset-password'), newPassword }

  await fillDisk(mount.seen(disk), () => rename(url, cookies[0]))
  const renamed = async (cookie: string | undefined) => statusAndReason(await rename(url, cookie))
  expect(await renamed(cookies[0])).toEqual([503, 'UNAVAILABLE'])
  expect(statusAndReason(await post(url, 'recovery.reset', reset))).toEqual([200, undefined])
  expect(reasonIn(await post(url, 'recovery.reset', reset))).toBe('LINK_INVALID')
  expect(reasonIn(await get(url, 'account.me', cookies[0]))).toBe('SESSION_EXPIRED')
  const { username, password } = ada
  expect(reasonIn(await post(url, 'auth.login', { username, password }))).toBe('INVALID_CREDENTIALS')
  const login = await post(url, 'auth.login', { username, password: newPassword })
  expect(statusAndReason(login)).toEqual([200, undefined])
  expect(await renamed(login.cookies[0])).toEqual([503, 'UNAVAILABLE'])
  expect(server.err()).toBe('')
})
