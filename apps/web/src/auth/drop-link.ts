import { tabStorage } from '../drafts/kept-texts.ts'

/** The links whose secret is needed after a log-in has led to other pages and to a provider. */
export type KeptLink = 'factor-reset' | 'invitation'

export const keyOfLink = (kind: KeptLink) => `link-${kind}`

/** Removes the secret of an opened link from this tab. */
export function dropLink(kind: KeptLink): void {
  tabStorage()?.removeItem(keyOfLink(kind))
}
