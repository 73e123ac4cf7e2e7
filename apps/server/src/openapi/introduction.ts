import { pageLimits } from '@app/contract'

/** The description of the whole API, in Markdown. Each paragraph is one line. */
export const introduction = [
  'Every operation calls one procedure, with the same limits, rights and audit events as the web app. `x-procedure` names it for the typed client.',
  '**Sessions.** A log-in sets a cookie. Send it with every call. Programs send neither `Origin` nor `Sec-Fetch-Site`; pages of other sites are rejected with CROSS_ORIGIN.',
  '**Access tokens.** A program can send `Authorization: Bearer <token>` instead. Each operation says whether it accepts tokens, and with which scope.',
  '**Requests.** Bodies are `application/json`. GET and DELETE have their fields in the query string. Unknown fields are rejected with INVALID_INPUT. Lengths count Unicode code points.',
  '**Responses.** Expect fields that this document does not have: a newer server may send more. A call without a result has status 204.',
  '**Failures.** A failed call responds with `application/problem+json` (RFC 9457). Switch on its `reason`, and treat an unknown one by its status. RATE_LIMITED, BUSY and UNAVAILABLE say in `Retry-After` when to try again.',
  `**Pages.** Lists have \`items\` and \`nextCursor\`. Send it as \`cursor\` to get the next page. A page has ${pageLimits.default} items by default and at most ${pageLimits.max}; one of long items may have fewer.`,
] as const
