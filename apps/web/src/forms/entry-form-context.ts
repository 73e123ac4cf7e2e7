import { createContext, useContext } from 'react'
import type { KeptValues } from '../drafts/kept-form.ts'

/** Returns the error of the value of a field, or null. */
export type FieldCheck = (name: string, value: unknown) => string | null

const FieldCheckContext = createContext<FieldCheck>(() => null)

export const FieldCheckProvider = FieldCheckContext.Provider

export function useFieldCheck(): FieldCheck {
  return useContext(FieldCheckContext)
}

const KeptValuesContext = createContext<KeptValues>({})

export const KeptValuesProvider = KeptValuesContext.Provider

/** Returns the value typed into a field of this form before a crash or a reload. */
export function useKeptValue(name: string): string | boolean | undefined {
  return useContext(KeptValuesContext)[name]
}
