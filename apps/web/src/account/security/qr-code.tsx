import { generate } from 'lean-qr'
import { useMemo } from 'react'
import styles from './qr-code.module.css'

/** Modules of white around the code, without which scanners do not find it (ISO/IEC 18004). */
const quietZone = 4

interface QrCodeProps {
  text: string
  /** What the code contains, for screen readers. */
  label: string
}

/** Draws a QR code on white, also in dark mode, because many scanners read no light code on dark. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => draw(text), [text])
  const edge = size + 2 * quietZone
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles['code']}
      viewBox={`${-quietZone} ${-quietZone} ${edge} ${edge}`}
      shapeRendering="crispEdges"
    >
      <rect x={-quietZone} y={-quietZone} width={edge} height={edge} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

/** Returns the dark modules as a path: one rectangle for each run of a row. */
function draw(text: string): { size: number; path: string } {
  const code = generate(text)
  let path = ''
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      const start = x
      while (code.get(x, y)) x += 1
      if (x > start) path += `M${start} ${y}h${x - start}v1H${start}z`
    }
  }
  return { size: code.size, path }
}
