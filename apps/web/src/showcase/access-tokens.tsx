import { FieldErrorsProvider } from '../forms/entry-form-context.ts'
import { ScopeBoxes } from '../tokens/scope-boxes.tsx'
import { Kind, Specimen } from './specimen.tsx'

const scopes = ['account:read', 'account:write'] as const
const errors = { scopes: ['Choose what the token may do.'] }

/** Shows the fields of a new access token. */
export function AccessTokens() {
  return (
    <Kind name="Access tokens">
      <Specimen name="scopes">
        <ScopeBoxes scopes={scopes} />
      </Specimen>
      <Specimen name="scopes with an error">
        <FieldErrorsProvider value={errors}>
          <ScopeBoxes scopes={scopes} />
        </FieldErrorsProvider>
      </Specimen>
    </Kind>
  )
}
