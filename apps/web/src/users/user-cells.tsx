import { columnsFor } from './user-columns.tsx'
import type { UserCellContext } from './user-name.tsx'

/** Renders the cells of a user. `user` has only the fields that the viewer may see. */
export function UserCells(context: UserCellContext) {
  return columnsFor(context.viewer).map(({ key, heading, render }, position) =>
    position === 0 ? (
      <th key={key} scope="row">
        {render(context)}
      </th>
    ) : (
      <td key={key} data-label={heading}>
        <div>{render(context)}</div>
      </td>
    ),
  )
}
