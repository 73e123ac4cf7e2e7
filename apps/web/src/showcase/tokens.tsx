import { useEffect, useRef, useState } from 'react'
import { contrast, pairs } from './contrast.ts'
import { Kind, Specimen } from './specimen.tsx'
import styles from './showcase.module.css'

const spaces = ['space-1', 'space-2', 'space-3', 'space-4', 'space-5', 'space-6', 'space-7', 'space-8']
const texts = ['text-small', 'text', 'text-large', 'text-title', 'text-hero']

export function Tokens() {
  return (
    <Kind name="Tokens">
      <Specimen name="Colours that meet, with the contrast that they have and need" wide>
        <ul className={styles['pairs']}>
          {pairs.map(([front, back, least]) => (
            <Pair key={`${front} ${back}`} front={front} back={back} least={least} />
          ))}
        </ul>
      </Specimen>
      <Specimen name="Spaces" wide>
        <div className={styles['sizes']}>
          {spaces.map((token) => (
            <div key={token}>
              <div className={styles['size']} data-size={token} />
              <p>{token}</p>
            </div>
          ))}
        </div>
      </Specimen>
      <Specimen name="Sizes of text" wide>
        {texts.map((token) => (
          <p key={token} className={styles['text']} data-size={token}>
            {token}: three keys on one ring
          </p>
        ))}
      </Specimen>
    </Kind>
  )
}

function Pair({ front, back, least }: { front: string; back: string; least: number }) {
  const swatch = useRef<SVGSVGElement>(null)
  const [ratio, setRatio] = useState<number>()
  useEffect(() => {
    const measure = () => {
      if (swatch.current === null) return
      const { fill, stroke } = getComputedStyle(swatch.current)
      setRatio(contrast(fill, stroke))
    }
    measure()
    const system = matchMedia('(prefers-color-scheme: dark)')
    system.addEventListener('change', measure)
    const stop = window.theme?.subscribe(measure)
    return () => {
      system.removeEventListener('change', measure)
      stop?.()
    }
  }, [])
  return (
    <li className={styles['pair']} data-enough={ratio === undefined ? undefined : ratio >= least}>
      <svg
        ref={swatch}
        className={styles['swatch']}
        viewBox="0 0 100 20"
        fill={`var(--${front})`}
        stroke={`var(--${back})`}
        aria-hidden="true"
      >
        <rect width="100" height="20" fill={`var(--${back})`} stroke="none" />
        <circle cx="50" cy="10" r="6" stroke="none" />
      </svg>
      <span>
        {front} on {back}
      </span>
      <span>
        {ratio?.toFixed(2)} : 1, needs {least}
      </span>
    </li>
  )
}
