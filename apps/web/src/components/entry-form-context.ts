import { createContext, useContext } from 'react'

/** The sentence that says what is wrong with the value of a field, or null. */
export type FieldCheck = (name: string, value: unknown) => string | null

const FieldCheckContext = createContext<FieldCheck>(() => null)

export const FieldCheckProvider = FieldCheckContext.Provider

export function useFieldCheck(): FieldCheck {
  return useContext(FieldCheckContext)
}
