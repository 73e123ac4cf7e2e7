import type {
  AssertionResponse,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  RegistrationResponse,
} from '@app/contract'

/**
 * Why a browser gave no answer. `cancelled`: it gives the same error for a user who declines, a time-out and
 * a device without a passkey, so that pages cannot find out which devices have one.
 */
export type PasskeyProblem = 'cancelled' | 'aborted' | 'exists' | 'unsupported'

export type PasskeyAnswer<Response> =
  | { ok: true; response: Response }
  | { ok: false; problem: PasskeyProblem }

/** The sentences for problems of the browser. `aborted` has none: the page itself stopped the request. */
export const passkeyTexts: Readonly<Record<Exclude<PasskeyProblem, 'aborted'>, string>> = {
  cancelled:
    'No passkey was used: the prompt of your browser was closed, timed out or found none. Try again, or choose another way.',
  exists: 'This device already has a passkey for this account.',
  unsupported: 'This browser cannot use passkeys here. Choose another way, or another browser.',
}

/** Returns whether the browser has passkeys, with the methods that need no library. */
export function supportsPasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential &&
    'toJSON' in PublicKeyCredential.prototype
  )
}

/** Returns whether the browser offers passkeys in the suggestions of a field. */
export async function supportsPasskeyAutofill(): Promise<boolean> {
  return supportsPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable())
}

interface AskOptions {
  /** `conditional`: only the suggestions of the user name field offer the passkeys, and nothing opens. */
  mediation?: 'conditional'
  signal?: AbortSignal
}

/** Asks the browser for the answer of a passkey. */
export function askForPasskey(
  { allowCredentials = [], ...options }: PasskeyRequestOptions,
  { mediation, signal }: AskOptions = {},
): Promise<PasskeyAnswer<AssertionResponse>> {
  return answerOf(() =>
    navigator.credentials.get({
      // An empty list: any passkey of this site.
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, allowCredentials }),
      ...(mediation && { mediation }),
      ...(signal && { signal }),
    }),
  )
}

/** Asks the browser for a new passkey. */
export function createPasskey(options: PasskeyCreationOptions): Promise<PasskeyAnswer<RegistrationResponse>> {
  return answerOf(() =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  )
}

async function answerOf<Response>(ask: () => Promise<Credential | null>): Promise<PasskeyAnswer<Response>> {
  if (!supportsPasskeys()) return { ok: false, problem: 'unsupported' }
  try {
    const credential = await ask()
    if (!(credential instanceof PublicKeyCredential)) return { ok: false, problem: 'cancelled' }
    // Sound: the server checks the shape of what the browser wrote.
    return { ok: true, response: credential.toJSON() as Response }
  } catch (error) {
    return { ok: false, problem: problemOf(error) }
  }
}

function problemOf(error: unknown): PasskeyProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return 'cancelled'
    case 'AbortError':
      return 'aborted'
    case 'InvalidStateError':
      return 'exists'
    default:
      return 'unsupported'
  }
}
