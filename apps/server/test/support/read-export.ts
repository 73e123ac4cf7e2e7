import { text } from 'node:stream/consumers'
import type { Client } from '@app/client'
import { AccountExport } from '@app/contract'

/** Downloads the export of a user, and validates it by the contract. */
export async function readExport({ account }: Pick<Client, 'account'>): Promise<AccountExport> {
  return AccountExport.parse(JSON.parse(await text(await account.export.query())))
}
