/** Reads the first pages of a list, one after the other. */
export async function readPages(
  list: (page: { limit: number; cursor?: string }) => Promise<{ nextCursor: string | null }>,
  { limit = 1, pages = 2 } = {},
): Promise<void> {
  let cursor: string | null | undefined
  for (let page = 0; page < pages && cursor !== null; page += 1) {
    const { nextCursor } = await list({ limit, ...(cursor !== undefined && { cursor }) })
    cursor = nextCursor
  }
}
