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

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

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

/** Returns the first grapheme of the first and of the last word, in upper case. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}\p{So}]/u.test(word))
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? name]
  return chosen.map((word = '') => firstGrapheme(word).toLocaleUpperCase('en')).join('')
}

function firstGrapheme(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment
  return ''
}

function colourOf(id: string): number {
  let hash = 0
  for (const unit of id) hash = (hash * 31 + (unit.codePointAt(0) ?? 0)) >>> 0
  return hash % colours
}
