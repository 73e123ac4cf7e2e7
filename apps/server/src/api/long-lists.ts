import type { LongAnswer, LongLists } from '@app/router'
import type { Response as HttpResponse } from 'express'

/** Takes the long lists of a procedure until its answer is sent. */
export interface HeldLists extends LongAnswer {
  held(): LongLists | undefined
}

export function heldLists(response: HttpResponse): HeldLists {
  let held: LongLists | undefined
  return {
    send: (lists, over) => {
      held = lists
      if (response.closed) return over()
      response.once('close', over)
    },
    held: () => held,
  }
}

/**
 * The JSON of an answer with its lists in their places, which the procedure has left empty. The text `"notes":[]` is nowhere but
 * there: within a value its quotes are escaped.
 */
export async function* withLists(text: string, lists: LongLists): AsyncGenerator<string> {
  let rest = text
  for (const [name, pages] of Object.entries(lists)) {
    const mark = `"${name}":[`
    const at = rest.indexOf(`${mark}]`)
    if (at === -1) throw new TypeError(`The answer has no empty list of ${name}.`)
    yield rest.slice(0, at + mark.length)
    yield* itemsOf(pages)
    rest = rest.slice(at + mark.length)
  }
  yield rest
}

async function* itemsOf(pages: AsyncIterable<readonly object[]>): AsyncGenerator<string> {
  let comma = ''
  for await (const page of pages) {
    if (page.length === 0) continue
    yield comma + page.map((item) => JSON.stringify(item)).join(',')
    comma = ','
  }
}
