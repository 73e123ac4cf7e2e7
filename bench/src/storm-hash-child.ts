// Child process that computes one hash at a time: a rejected design, kept for comparison.
import os from 'node:os'
import bcrypt from 'bcrypt'

export type ChildRequest = { text: string; cost: number } | { text: string; hash: string }

export interface ChildAnswer {
  hash?: string
  matches?: boolean
}

os.setPriority(Number(process.argv[2]))
process.on('message', (request: ChildRequest) => {
  const answer: ChildAnswer =
    'cost' in request
      ? { hash: bcrypt.hashSync(request.text, request.cost) }
      : { matches: bcrypt.compareSync(request.text, request.hash) }
  process.send?.(answer)
})
