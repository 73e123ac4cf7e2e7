import { renderMail } from '@app/mails'
import { exampleData, exampleValues, mailKinds } from '@app/mails/testing'
import { useState } from 'react'
import { RadioGroup } from './radio-group.tsx'
import { Kind, Specimen } from './specimen.tsx'
import styles from './showcase.module.css'

const choices = Object.keys(exampleValues) as (keyof typeof exampleValues)[]

/** Shows every mail in light, in dark and as text. */
export function Mails() {
  const [choice, setChoice] = useState<keyof typeof exampleValues>('usual')
  const data = exampleData(exampleValues[choice])
  return (
    <Kind name="Mails">
      <RadioGroup legend="Values" options={choices} chosen={choice} onChoose={setChoice} />
      {mailKinds().map((kind) => {
        const { subject, text, html } = renderMail(kind, data[kind])
        return (
          <Specimen key={kind} name={`${kind}: ${subject}`} wide>
            <div className={styles['mail']}>
              <MailDocument name={kind} html={html} theme="light" />
              <MailDocument name={kind} html={html} theme="dark" />
              <pre>{text}</pre>
            </div>
          </Specimen>
        )
      })}
    </Kind>
  )
}

/** Shows HTML in a sandbox: without scripts and forms, in an opaque origin. */
function MailDocument({ name, html, theme }: { name: string; html: string; theme: 'light' | 'dark' }) {
  const query = theme === 'dark' ? 'all' : 'not all'
  const themed = html.replaceAll('(prefers-color-scheme: dark)', query)
  return <iframe title={`${name}, ${theme}`} sandbox="" srcDoc={themed} loading="lazy" />
}
