import { OneTimeSecret } from '@app/contract'
import { tabStorage } from '../drafts/kept-texts.ts'

/** The links whose secret is needed after a log-in has led to other pages and to a provider. */
type KeptLink = 'factor-reset' | 'invitation'

const keyOf = (kind: KeptLink) => `link-${kind}`

/** Keeps the secret of an opened link for this tab, also while the tab is at a provider. */
export function keepLink(kind: KeptLink, secret: string): void {
  try {
    tabStorage()?.setItem(keyOf(kind), secret)
  } catch {
    // The storage is full: the user opens the link again.
  }
}

/** Returns the secret of the link that was opened in this tab; null without one. */
export function keptLink(kind: KeptLink): string | null {
  const parsed = OneTimeSecret.safeParse(tabStorage()?.getItem(keyOf(kind)))
  return parsed.success ? parsed.data : null
}

export function dropLink(kind: KeptLink): void {
  tabStorage()?.removeItem(keyOf(kind))
}
