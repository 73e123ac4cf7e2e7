import { useRef, useState } from 'react'
import { Button } from './button.tsx'
import { VisuallyHidden } from './visually-hidden.tsx'
import styles from './copyable.module.css'

interface CopyableProps {
  /** What it is, for the name of the button. */
  label: string
  text: string
}

/** A text that is to be used elsewhere, with a button that copies it. */
export function Copyable({ label, text }: CopyableProps) {
  const code = useRef<HTMLElement>(null)
  const [said, setSaid] = useState('')

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setSaid('Copied')
    } catch {
      // Not over http, and not where the browser forbids it: then it is at least marked.
      if (code.current) getSelection()?.selectAllChildren(code.current)
      setSaid('Marked: copy it with the keyboard')
    }
  }

  return (
    <span className={styles['copyable']}>
      <code ref={code} translate="no">
        {text}
      </code>
      <Button look="quiet" onClick={() => void copy()}>
        Copy<VisuallyHidden> {label}</VisuallyHidden>
      </Button>
      <span role="status">{said}</span>
    </span>
  )
}
