import { setTimeout as sleep } from 'node:timers/promises'
import type { NotifyChannel } from '../../db/postgres/notify-channel.ts'
import type { SessionStreams } from './streams.ts'

/** Sends the ids of users whose sessions changed to other processes, whose event streams poll until then. */
export interface SessionNews {
  /** Returns at once. What cannot be sent is lost. */
  notify(userIds: Iterable<string>): void
  close(): void
}

/** The pause before each message: a flood of log-ins sends at most 50 a second. */
const gatherMs = 20

/** 200 ids are 7,400 bytes; a message has at most 7,999. */
const idsPerMessage = 200

/** Further ids are dropped while a message is being sent. */
const maxIds = 10_000

const idForm = /^[\da-f-]{36}$/

/** @param open opens the channel; null when there are no other processes */
export function createSessionNews(
  streams: Pick<SessionStreams, 'wake'>,
  open: ((onMessage: (payload: string) => void) => NotifyChannel) | null,
): SessionNews {
  const channel = open?.((payload) => {
    for (const userId of payload.split(',')) if (idForm.test(userId)) streams.wake(userId)
  })
  const waiting = new Set<string>()
  let isSending = false
  const send = async (to: NotifyChannel) => {
    isSending = true
    while (waiting.size > 0) {
      await sleep(gatherMs)
      const ids = [...waiting].slice(0, idsPerMessage)
      for (const id of ids) waiting.delete(id)
      await to.send(ids.join())
    }
    isSending = false
  }
  return {
    notify: (userIds) => {
      if (channel === undefined || !channel.isOpen) return
      for (const id of userIds) if (waiting.size < maxIds) waiting.add(id)
      if (waiting.size > 0 && !isSending) void send(channel)
    },
    close: () => channel?.close(),
  }
}
