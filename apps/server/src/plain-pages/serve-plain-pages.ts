import { failures, failureText, linkLifetimesMs, Self } from '@app/contract'
import type { Reason } from '@app/contract'
import type { Request, RequestHandler } from 'express'
import { callForResponse } from '../api/call-procedure.ts'
import { isTrustedForm } from '../api/origin.ts'
import { receiveCall } from '../api/receive-call.ts'
import type { CallDeps } from '../api/receive-call.ts'
import { seeOther } from '../http/see-other.ts'
import { sendPageFailure } from '../http/send-failure.ts'
import type { StylePage } from '../web/page-style.ts'
import { accountPage, failedAccountPage } from './account-page.ts'
import type { FormFields } from './plain-form.ts'
import { plainForms, plainProcedure, tutorialPages } from './plain-forms.ts'
import { plainPageSender } from './plain-page.ts'
import type { PlainPage } from './plain-page.ts'
import { afterLogInPath, plainPaths } from './plain-paths.ts'

/**
 * Serves log-in, sign-up, recovery, account and log-out for browsers without scripts. Each form calls one
 * procedure, with the limits, guards and audit events of the same call under /trpc.
 */
export function servePlainPages(deps: CallDeps & { stylePage: StylePage }): RequestHandler {
  const { origins } = deps
  const sendPlainPage = plainPageSender(deps.stylePage)
  return async (request, response, next) => {
    const startedAt = performance.now()
    const { method, path } = request
    const procedure = plainProcedure(path)
    if (procedure === undefined) return next()
    const methods = methodsOf(path)
    if (!methods.includes(method)) {
      response.set('Allow', methods.join(', '))
      return sendPageFailure(request, response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    const isChange = method !== 'GET' && method !== 'HEAD'
    if (isChange && !isTrustedForm(request.headers, origins())) {
      return sendPageFailure(request, response, { reason: 'CROSS_ORIGIN' })
    }
    const plainForm = plainForms.get(path)
    if (!isChange && plainForm !== undefined) {
      const page = tutorialPages.get(path)
      if (page !== undefined) return seeOther(response, page)
      return sendPlainPage(response, 200, { ...plainForm.page({}), ...noticeOf(request) })
    }

    const bodyType = isChange ? (method === 'POST' ? 'form' : 'json') : null
    const call = { request, response, names: procedure, bodyType, startedAt } as const
    const received = await receiveCall(deps, call)
    if (received.kind === 'aborted') return
    if (received.kind === 'rejected') return sendPageFailure(request, response, received.failure)
    const { body, context: ctx, signal } = received
    const fields = fieldsOf(body?.text ?? '')
    const readInput = () => plainForm?.input(fields)
    const result = await callForResponse(response, { path: procedure, ctx, readInput, signal, startedAt })
    if (result.ok) {
      if (plainForm === undefined) return sendPlainPage(response, 200, accountPage(Self.parse(result.value)))
      return seeOther(response, plainForm.next(result.value, fields))
    }
    const { reason } = result.failure
    const isCookieMissing = request.url === afterLogInPath && ctx.cookies.isEmpty()
    const notice = noticeOfReason[isCookieMissing ? 'COOKIE_MISSING' : reason]
    if (notice !== undefined) return seeOther(response, `${plainPaths.logIn}?form=${notice}`)
    const page = plainForm?.page(fields) ?? failedAccountPage
    sendPlainPage(response, failures[reason].status, { ...page, problem: failureText(result.failure) })
  }
}

/** A log-out is a DELETE in the tutorials. Their GET changes something; ours asks first. */
function methodsOf(path: string): readonly string[] {
  if (path === plainPaths.account) return ['GET', 'HEAD']
  return path === plainPaths.logOut ? ['GET', 'HEAD', 'POST', 'DELETE'] : ['GET', 'HEAD', 'POST']
}

function fieldsOf(text: string): FormFields {
  return Object.fromEntries(new URLSearchParams(text))
}

/** Failures after which only a new log-in helps, with their notices. */
const noticeOfReason: { [R in Reason]?: string } = {
  UNAUTHENTICATED: 'log-in',
  SESSION_EXPIRED: 'ended',
  LOGIN_EXPIRED: 'expired',
  COOKIE_MISSING: 'no-cookie',
}

const linkMinutes = linkLifetimesMs.recovery / 60_000

/** What the page says after a redirect, by the parameter `form` of its address. */
const notices: Readonly<Record<string, Pick<PlainPage, 'problem' | 'done'>>> = {
  'logged-out': { done: 'You are logged out.' },
  'mail-requested': {
    done: `If this is the name or email of an account, a link to choose a new password is on its way. It works for ${linkMinutes} minutes.`,
  },
  'password-changed': { done: 'Your password is changed. Log in with the new one.' },
  'log-in': { done: failures.UNAUTHENTICATED.text },
  ended: { problem: failures.SESSION_EXPIRED.text },
  expired: { problem: failures.LOGIN_EXPIRED.text },
  'no-cookie': { problem: failures.COOKIE_MISSING.text },
}

function noticeOf({ url }: Request): Pick<PlainPage, 'problem' | 'done'> {
  const name = new URLSearchParams(url.split('?')[1]).get('form') ?? ''
  return Object.hasOwn(notices, name) ? (notices[name] ?? {}) : {}
}
