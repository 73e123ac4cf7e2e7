import styles from './avatar.module.css'

interface AvatarProps {
  name: string
  /** Decides the colour, which stays the same when the name changes. */
  id: string
  /** 24, 32 or 56 px. Default: normal. */
  size?: 'small' | 'normal' | 'large'
}

/** The number of colours in avatar.module.css. */
const colours = 8

/** Created for the first name that needs it: that is slower than all else at the start of the app. */
let graphemes: Intl.Segmenter | undefined

/** Letters, digits and emoji, but no punctuation. */
const visible = /[\p{L}\p{N}\p{So}]/u

/** Renders the initials of a user. Screen readers ignore it, because the name is beside it. */
export function Avatar({ name, id, size = 'normal' }: AvatarProps) {
  return (
    <span
      className={`${styles['avatar']} ${styles[size]}`}
      data-colour={colourOf(id)}
      translate="no"
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  )
}

/** Returns the first letter, digit or emoji of the first and of the last word, in upper case. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => visible.test(word))
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? name]
  return chosen.map((word = '') => firstGrapheme(word).toLocaleUpperCase('en')).join('')
}

function firstGrapheme(word: string): string {
  // Every character of ASCII is a grapheme.
  if (!/[^ -~]/.test(word)) return visible.exec(word)?.[0] ?? word.charAt(0)
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  const segments = Array.from(graphemes.segment(word), ({ segment }) => segment)
  return segments.find((segment) => visible.test(segment)) ?? segments[0] ?? ''
}

function colourOf(id: string): number {
  let hash = 0
  for (const unit of id) hash = (hash * 31 + (unit.codePointAt(0) ?? 0)) >>> 0
  return hash % colours
}
