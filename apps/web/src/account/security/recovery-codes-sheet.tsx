import { product } from '@app/contract/product'
import { useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Row } from '../../components/row.tsx'
import { saveFile } from '../../components/save-file.ts'
import { selectionContains } from '../../components/selected-text.ts'
import styles from './recovery-codes-sheet.module.css'

interface RecoveryCodesSheetProps {
  codes: readonly string[]
  username: string
  /** Called when the user copied, downloaded or printed the codes. */
  onSaved: () => void
}

/** Shows recovery codes, once, with the ways to keep them. */
export function RecoveryCodesSheet({ codes, username, onSaved }: RecoveryCodesSheetProps) {
  const list = useRef<HTMLOListElement>(null)
  const [said, setSaid] = useState('')

  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join('\n'))
      setSaid('Copied')
      onSaved()
    } catch {
      // Plain http and some browsers forbid the clipboard: the codes are selected instead.
      if (list.current) getSelection()?.selectAllChildren(list.current)
      setSaid('Selected: copy them with the keyboard')
    }
  }

  function download() {
    const heading = `Recovery codes of ${username} for ${product.name} (${window.location.host}).`
    const text = [heading, 'Each code works once.', '', ...codes, ''].join('\n')
    saveFile(`${product.slug}-recovery-codes-${username}.txt`, new Blob([text], { type: 'text/plain' }))
    setSaid('Downloaded')
    onSaved()
  }

  function print() {
    window.print()
    // No browser reports whether the user printed or closed the print dialog.
    onSaved()
  }

  return (
    <div
      className={styles['sheet']}
      data-printed
      onCopy={() => {
        if (selectionContains(codes)) onSaved()
      }}
    >
      <p className={styles['for-print']}>
        Recovery codes of {username} for {product.name}. Each code works once.
      </p>
      <ol ref={list} className={styles['codes']} translate="no">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Row>
        <Button onClick={() => void copy()}>Copy</Button>
        <Button onClick={download}>Download</Button>
        <Button onClick={print}>Print</Button>
      </Row>
      <p role="status" className={styles['said']}>
        {said}
      </p>
    </div>
  )
}
