import { knownDevice } from '@app/contract/device-name'
import type { MailOrigin } from '../mail.ts'
import type { Texts } from '../texts/texts.ts'
import type { Fact } from './letter.ts'
import { words } from './sentence.ts'

/**
 * Lists when and where the recipient, or an attacker, caused the mail. It never quotes a user agent: a client
 * can send any text as its own, and the recipient would read it as ours.
 */
export function originFacts({ facts, time, device }: Texts, { at, ip, userAgent }: MailOrigin): Fact[] {
  const { browser, system } = knownDevice(userAgent)
  return [
    { name: facts.time, value: words(time(at)) },
    { name: facts.device, value: words(device(browser, system)) },
    { name: facts.ip, value: ip ?? words(facts.unknown) },
  ]
}

/** Names when an admin or operator caused the mail. The recipient does not learn where they are. */
export function timeFact({ facts, time }: Texts, { at }: MailOrigin): Fact {
  return { name: facts.time, value: words(time(at)) }
}
