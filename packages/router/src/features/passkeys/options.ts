import type { PasskeyCreationOptions, PasskeyRequestOptions } from '@app/contract'
import { product } from '@app/contract/product'
import { challengeLifetimeMs } from './challenge.ts'
import type { RelyingParty } from './relying-party.ts'
import type { ShownPasskey } from './store.ts'
import { userHandleOf } from './user-handle.ts'
import { algorithms } from './verify.ts'

interface Asked {
  site: RelyingParty
  challenge: string
  passkeys: readonly ShownPasskey[]
}

/** Asks for a new passkey. An authenticator that has one of `passkeys` refuses. */
export function creationOptions(
  { site, challenge, passkeys }: Asked,
  user: { id: string; username: string; name: string },
): PasskeyCreationOptions {
  return {
    rp: { id: site.id, name: product.name },
    user: { id: userHandleOf(user.id), name: user.username, displayName: user.name },
    challenge,
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: challengeLifetimeMs,
    excludeCredentials: passkeys.map(descriptorOf),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
  }
}

/** Asks for one of `passkeys`; without any, for one that the user chooses. */
export function requestOptions({ site, challenge, passkeys }: Asked): PasskeyRequestOptions {
  return {
    rpId: site.id,
    challenge,
    timeout: challengeLifetimeMs,
    userVerification: 'required',
    ...(passkeys.length === 0 ? {} : { allowCredentials: passkeys.map(descriptorOf) }),
  }
}

// Sound: `registerPasskey` wrote it.
function descriptorOf({ credential_id: id, transports }: ShownPasskey) {
  return { id, type: 'public-key' as const, transports: JSON.parse(transports) as string[] }
}
