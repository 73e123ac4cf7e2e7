import type { Page } from '@playwright/test'

/** A passkey provider of the browser, such as a phone with a screen lock, as the browser's tests have it. */
export interface VirtualAuthenticator {
  /** Whether the user touches the device and unlocks it, each time that a page asks. */
  setPresent(isPresent: boolean): Promise<void>
  countCredentials(): Promise<number>
  /** Removes all passkeys from the device, and from no account. */
  forgetCredentials(): Promise<void>
}

/** Adds one to the page's browser. The page must be loaded afterwards. */
export async function addVirtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      // Off: an open log-in page would take a conditional request as answered at once.
      automaticPresenceSimulation: false,
    },
  })
  return {
    setPresent: async (enabled) => {
      await devTools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
    forgetCredentials: async () => {
      await devTools.send('WebAuthn.clearCredentials', { authenticatorId })
    },
    countCredentials: async () =>
      (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  }
}

/**
 * Turns off the suggestions of passkeys in pages that load afterwards: the virtual device would choose one at
 * once.
 */
export async function withoutPasskeyAutofill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })
}
