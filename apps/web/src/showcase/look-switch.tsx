import { useState } from 'react'
import { RadioGroup } from './radio-group.tsx'

/** Accents in hues that are hard for contrast, with other corners and fonts. */
const brands = {
  own: {},
  yellow: { '--brand': '#ffcc00', '--radius': '0.125rem', '--font': 'Georgia, serif' },
  violet: { '--brand': '#6d28d9', '--radius': '1rem' },
  black: { '--brand': '#000000', '--radius': '0' },
} satisfies Record<string, Record<string, string>>

const directions = ['left to right', 'right to left'] as const

/** Changes brand and direction of the page, to see every component in them. */
export function LookSwitch() {
  const [brand, setBrand] = useState<keyof typeof brands>('own')
  const [direction, setDirection] = useState<(typeof directions)[number]>('left to right')

  function chooseBrand(name: keyof typeof brands) {
    const { style } = document.documentElement
    for (const property of ['--brand', '--radius', '--font']) style.removeProperty(property)
    for (const [property, value] of Object.entries(brands[name])) style.setProperty(property, value)
    setBrand(name)
    // The contrasts on the page are measured again when the theme changes.
    window.theme?.choose(window.theme.chosen)
  }

  function chooseDirection(name: (typeof directions)[number]) {
    document.documentElement.dir = name === 'right to left' ? 'rtl' : 'ltr'
    setDirection(name)
  }

  return (
    <>
      <RadioGroup
        legend="Brand"
        options={Object.keys(brands) as (keyof typeof brands)[]}
        chosen={brand}
        onChoose={chooseBrand}
      />
      <RadioGroup legend="Direction" options={directions} chosen={direction} onChoose={chooseDirection} />
    </>
  )
}
