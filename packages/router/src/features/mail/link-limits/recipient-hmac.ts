import { searchKey } from '@app/contract'
import { pseudonymize } from '../../../context.ts'
import type { Services } from '../../../context.ts'

/** Returns the keyed hash under which the mails to an address are counted. */
export function recipientHmac(services: Pick<Services, 'identifierKey'>, address: string): string {
  return pseudonymize(services, searchKey(address))
}
