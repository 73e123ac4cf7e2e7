import { Untranslated } from '../components/untranslated.tsx'
import { shortId } from './audit-user.ts'
import { RemovableChip } from './filter-chip.tsx'

interface TokenChipProps {
  tokenId: string
  onRemove: () => void
}

/** Renders the filter by an access token. A link of the token sets it; here it can only be removed. */
export function TokenChip({ tokenId, onRemove }: TokenChipProps) {
  return (
    <RemovableChip label="Token" onRemove={onRemove}>
      <Untranslated>{shortId(tokenId)}</Untranslated>
    </RemovableChip>
  )
}
