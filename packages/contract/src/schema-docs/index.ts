import { noteDocs } from '../notes/schema-docs.ts'
import { accountDocs } from './account-docs.ts'
import { adminDocs } from './admin-docs.ts'
import { authDocs } from './auth-docs.ts'
import { factorDocs } from './factor-docs.ts'
import type { SchemaDoc } from './schema-doc.ts'
import { valueDocs } from './value-docs.ts'

export type { SchemaDoc, ValueDoc } from './schema-doc.ts'

/** By the names that the contract exports. */
export const schemaDocs: Readonly<Record<string, SchemaDoc>> = {
  ...valueDocs,
  ...authDocs,
  ...accountDocs,
  ...factorDocs,
  ...adminDocs,
  ...noteDocs,
}
