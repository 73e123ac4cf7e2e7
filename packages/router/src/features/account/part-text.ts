interface Schema {
  parse(value: unknown): unknown
}

/**
 * Yields one field of the export as JSON text, a list with one record a line. The schema removes columns that
 * it does not name, as tRPC does for other responses.
 * @param data one value, or the pages of a list
 */
export async function* partText(
  schema: Schema,
  data: Promise<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<string, void> {
  if (data instanceof Promise) {
    yield JSON.stringify(schema.parse(await data))
    return
  }
  let separator = '[\n'
  for await (const rows of data) {
    const page = schema.parse(rows)
    if (!Array.isArray(page) || page.length === 0) continue
    yield separator + page.map((item) => JSON.stringify(item)).join(',\n')
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]' : '\n]'
}
