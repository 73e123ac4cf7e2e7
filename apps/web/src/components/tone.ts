import styles from './tone.module.css'

/** What a colour says. The text beside it must say the same. */
export const tones = ['neutral', 'accent', 'success', 'warning', 'danger'] as const

export type Tone = (typeof tones)[number]

/** Returns the class that sets border, background and text colour of a tone. */
export function toneClass(tone: Tone): string {
  return `${styles['tone']} ${styles[tone]}`
}
