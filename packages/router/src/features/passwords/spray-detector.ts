/** Summarises many failed log-ins. */
interface SprayReport {
  /** Accounts, and user names that do not exist, whose last log-in of the period failed. */
  accounts: number
  addresses: number
  [key: string]: number
}

/**
 * Detects password spraying: a few guesses at each of many accounts from many addresses, below the limits of
 * each account and address. Counts in the memory of this process, by ids and pseudonyms.
 */
export interface SprayDetector {
  /**
   * Counts a failed log-in. @returns a report, once in ten minutes, when too many accounts failed; else null
   */
  failed(attempt: { account: string; address: string }): SprayReport | null
  /** Counts a log-in: a user who mistyped the password before is not a target. */
  succeeded(account: string): void
  /** Accounts whose last log-in of the period failed. */
  readonly failingAccounts: number
  /** Reports so far. */
  readonly reports: number
}

const windowMs = 10 * 60_000

/** How many accounts must fail for a report; they must also outnumber the accounts that logged in. */
const suspiciousAccounts = 20

/** 10,000 keys of each kind take 3 MB in total. Beyond that the oldest are dropped, long after the report. */
const maxKeys = 10_000

interface SprayOptions {
  /** Multiplies the number of accounts (setting LIMITS=relaxed). */
  factor: number
  /** Milliseconds that never decrease. */
  now?: () => number
}

export function createSprayDetector({ factor, now = () => performance.now() }: SprayOptions): SprayDetector {
  const [failing, successful, addresses] = [recentKeys(now), recentKeys(now), recentKeys(now)]
  let reportedAtMs = -Infinity
  let reports = 0
  return {
    failed: ({ account, address }) => {
      failing.add(account)
      addresses.add(address)
      const accounts = failing.size()
      const isSpray = accounts >= suspiciousAccounts * factor && accounts > successful.size()
      if (!isSpray || now() - reportedAtMs < windowMs) return null
      reportedAtMs = now()
      reports += 1
      return { accounts, addresses: addresses.size() }
    },
    succeeded: (account) => {
      failing.remove(account)
      successful.add(account)
    },
    get failingAccounts() {
      return failing.size()
    },
    get reports() {
      return reports
    },
  }
}

/**
 * Creates a set of the keys of the last ten minutes. A Map keeps the order of insertion, so the first is the
 * oldest.
 */
function recentKeys(now: () => number) {
  const seenAtMs = new Map<string, number>()
  const dropOld = () => {
    for (const [key, atMs] of seenAtMs) {
      if (now() - atMs < windowMs && seenAtMs.size <= maxKeys) return
      seenAtMs.delete(key)
    }
  }
  return {
    add: (key: string) => {
      seenAtMs.delete(key)
      seenAtMs.set(key, now())
      dropOld()
    },
    remove: (key: string) => void seenAtMs.delete(key),
    size: () => {
      dropOld()
      return seenAtMs.size
    },
  }
}
