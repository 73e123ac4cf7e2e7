import { createContext, useContext } from 'react'
import type { KeptValues } from '../drafts/kept-form.ts'

/** The errors of the fields of a form, by field name. Each field shows its first one. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

const FieldErrorsContext = createContext<FieldErrors>({})

export const FieldErrorsProvider = FieldErrorsContext.Provider

export function useFieldError(name: string): string | undefined {
  return useContext(FieldErrorsContext)[name]?.[0]
}

const KeptValuesContext = createContext<KeptValues>({})

export const KeptValuesProvider = KeptValuesContext.Provider

/** Returns the value typed into a field of this form before a crash or a reload. */
export function useKeptValue(name: string): string | boolean | undefined {
  return useContext(KeptValuesContext)[name]
}
