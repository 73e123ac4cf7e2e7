import { en } from './en.ts'

/** All words of the mails in one language. A language that lacks a sentence does not compile. */
export type Texts = typeof en

export const languages = { en } satisfies Record<string, Texts>

export type Language = keyof typeof languages
