import { OneTimeSecret } from '@app/contract'
import { tabStorage } from '../drafts/kept-texts.ts'
import { keyOfLink } from './drop-link.ts'
import type { KeptLink } from './drop-link.ts'

/** Keeps the secret of an opened link for this tab, also while the tab is at a provider. */
export function keepLink(kind: KeptLink, secret: string): void {
  try {
    tabStorage()?.setItem(keyOfLink(kind), secret)
  } catch {
    // The storage is full: the user opens the link again.
  }
}

/** Returns the secret of the link that was opened in this tab; null without one. */
export function keptLink(kind: KeptLink): string | null {
  const parsed = OneTimeSecret.safeParse(tabStorage()?.getItem(keyOfLink(kind)))
  return parsed.success ? parsed.data : null
}
