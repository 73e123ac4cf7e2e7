import { useRef, useState } from 'react'
import { Button } from './button.tsx'
import { selectionContains } from './selected-text.ts'
import { VisuallyHidden } from './visually-hidden.tsx'
import styles from './copyable.module.css'

interface CopyableProps {
  /** Names the text in the accessible name of the button. */
  label: string
  text: string
  /** What the button copies. Default: `text`. */
  copied?: string
  /** In a frame, for a secret that is shown once. Default: false. */
  boxed?: boolean
  /** Called when the whole text is copied, by the button or by the keyboard. */
  onCopied?: () => void
}

/** Shows a text with a button that copies it. */
export function Copyable({ label, text, copied = text, boxed = false, onCopied }: CopyableProps) {
  const code = useRef<HTMLElement>(null)
  const [said, setSaid] = useState('')

  async function copy() {
    try {
      await navigator.clipboard.writeText(copied)
      setSaid('Copied')
      onCopied?.()
    } catch {
      // Plain http and some browsers forbid the clipboard: the text is selected instead.
      if (code.current) getSelection()?.selectAllChildren(code.current)
      setSaid('Selected: copy it with the keyboard')
    }
  }

  return (
    <span
      className={styles[boxed ? 'boxed' : 'copyable']}
      onCopy={() => {
        if (selectionContains([text])) onCopied?.()
      }}
    >
      <code ref={code} translate="no">
        {text}
      </code>
      <Button look={boxed ? 'plain' : 'quiet'} onClick={() => void copy()}>
        Copy<VisuallyHidden> {label}</VisuallyHidden>
      </Button>
      <span role="status">{said}</span>
    </span>
  )
}
