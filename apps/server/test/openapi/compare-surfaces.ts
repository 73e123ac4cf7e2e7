import type { Surface } from './surface.ts'

/** The differences of two surfaces, a line each. */
export interface SurfaceChanges {
  /** A program that works with the old surface may fail with the new one. */
  breaking: string[]
  compatible: string[]
}

export function compareSurfaces(before: Surface, after: Surface): SurfaceChanges {
  const changes: SurfaceChanges = { breaking: [], compatible: [] }
  const report = (isBreaking: boolean, line: string) =>
    changes[isBreaking ? 'breaking' : 'compatible'].push(line)
  for (const [subject, fact] of before) {
    const now = after.get(subject)
    if (now === undefined) report(isBreakingRemoval(subject), `removed: ${subject}: ${fact}`)
    else if (now !== fact)
      report(isBreakingChange(subject, fact, now), `changed: ${subject}: ${fact} -> ${now}`)
  }
  for (const [subject, fact] of after) {
    if (!before.has(subject)) report(isBreakingAddition(before, subject, fact), `added: ${subject}: ${fact}`)
  }
  return changes
}

/** Programs treat an unknown reason by its status, so reasons come and go. */
function isBreakingRemoval(subject: string): boolean {
  if (subject.includes(' fails with ')) return false
  // The server sends a value no more.
  return !(isOutput(subject) && subject.includes(' = '))
}

/** A field that programs must send now, unless what has it is new too. */
function isBreakingAddition(before: Surface, subject: string, fact: string): boolean {
  if (isOutput(subject) || !isInput(subject) || fact.startsWith('optional ') || fact === 'value') return false
  return before.has(ownerOf(subject))
}

function isBreakingChange(subject: string, fact: string, now: string): boolean {
  if (subject.includes(' fails with ')) return true
  if (subject.endsWith(' access')) return now !== 'public'
  const [one, other] = [partsOf(fact), partsOf(now)]
  if (one.type !== other.type) return true
  if (isOutput(subject)) return other.isOptional && !one.isOptional
  if (one.isOptional && !other.isOptional) return true
  return other.min > one.min || other.max < one.max
}

function isOutput(subject: string): boolean {
  return / out\b|^out /.test(subject)
}

function isInput(subject: string): boolean {
  return / in |^in /.test(subject)
}

/** Returns the schema or operation to which a field belongs. */
function ownerOf(subject: string): string {
  const [, operation] = /^(\S+ \S+) in /.exec(subject) ?? []
  return operation === undefined ? subject.replace(/(?:\.\w+|\[\]|\{\}|\|[\w-]+)$/, '') : `${operation} calls`
}

function partsOf(fact: string): { isOptional: boolean; type: string; min: number; max: number } {
  const [, optional, type = '', min = '', max = ''] =
    /^(optional )?(.*?)(?: (\d*)\.\.(\d*))?$/.exec(fact) ?? []
  return {
    isOptional: optional !== undefined,
    type,
    min: min === '' ? -Infinity : Number(min),
    max: max === '' ? Infinity : Number(max),
  }
}
