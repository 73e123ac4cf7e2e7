import { text } from 'node:stream/consumers'
import type { Client } from '@app/client'
import { AccountExport } from '@app/contract'

/** Downloads the export of a user, and checks that it has the form that the contract says. */
export async function readExport({ account }: Pick<Client, 'account'>): Promise<AccountExport> {
  return AccountExport.parse(JSON.parse(await text(await account.export.query())))
}
