import { Untranslated } from '../components/untranslated.tsx'
import { RemovableChip } from './filter-chip.tsx'

interface TokenChipProps {
  /** The name of the token. */
  name: string
  onRemove: () => void
}

/** Renders the filter by an access token. A link of the token sets it; here it can only be removed. */
export function TokenChip({ name, onRemove }: TokenChipProps) {
  return (
    <RemovableChip label="Token" onRemove={onRemove}>
      <Untranslated>{name}</Untranslated>
    </RemovableChip>
  )
}
