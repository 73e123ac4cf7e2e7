import { countSealedSecrets, operatorCommand } from '@app/router'
import type { Services } from '@app/router'

/**
 * Fails if a secret was removed from AUTH_SECRETS that stored secrets still need: their users could not log
 * in. Warns while an older secret is still needed.
 */
export async function checkSealedSecrets(services: Services): Promise<void> {
  const { outdated, unreadable } = await countSealedSecrets(services)
  const command = `${operatorCommand()} secrets reseal`
  if (unreadable > 0) {
    throw new Error(
      `AUTH_SECRETS lacks the secret that sealed ${appsOf(unreadable)}. Add it again after the newest one. If it is lost: ${command} --remove-unreadable`,
    )
  }
  if (outdated === 0) return
  services.log.warn(
    { outdated },
    `An older secret of AUTH_SECRETS still seals ${appsOf(outdated)}. Before you remove it: ${command}`,
  )
}

function appsOf(count: number): string {
  return count === 1 ? 'the authenticator app of 1 user' : `the authenticator apps of ${count} users`
}
