import type { Procedure } from './describe-procedures.ts'
import { printKey, printLiterals } from './print-type.ts'

interface Routes {
  [name: string]: Routes | Procedure
}

/** Prints the interface of the client, with the description of each procedure. */
export function printClient(procedures: Procedure[]): string {
  const root: Routes = {}
  for (const procedure of procedures) {
    const names = procedure.path.split('.')
    const name = names.pop() ?? ''
    let routes = root
    // Sound: a name in a tRPC router is either a procedure or a router.
    for (const each of names) routes = (routes[each] ??= {}) as Routes
    routes[name] = procedure
  }
  return `/** The procedures of the server. */\nexport interface Client ${printRoutes(root)}`
}

function printRoutes(routes: Routes): string {
  const entries = Object.entries(routes).map(([name, entry]) =>
    isProcedure(entry) ? printProcedure(name, entry) : `${printKey(name)}: ${printRoutes(entry)}`,
  )
  return `{\n${indent(entries.join('\n'))}\n}`
}

function isProcedure(entry: Routes | Procedure): entry is Procedure {
  return typeof entry['path'] === 'string'
}

function printProcedure(name: string, procedure: Procedure): string {
  const { method, input, isInputOptional, value, reasons } = procedure
  const comment = `/** ${procedure.description.replaceAll('*/', '*\\/')} */`
  const own = reasons.length === 0 ? '' : `Failure<${printLiterals(reasons)}> | `
  const failure = `${own}EveryCallFailure`
  const [options, result] =
    method === 'subscribe'
      ? [`options: StreamOptions<${value}, ${failure}>`, 'Stream']
      : ['options?: CallOptions', `Call<${value}, ${failure}>`]
  const isOmissible = isInputOptional && method !== 'subscribe'
  const parameter = isOmissible
    ? `input?: ${input}`
    : `input: ${input}${isInputOptional ? ' | undefined' : ''}`
  // Both lines have the comment, because an editor shows the one of the name under the pointer.
  return `${comment}\n${printKey(name)}: {\n${indent(`${comment}\n${method}(${parameter}, ${options}): ${result}`)}\n}`
}

function indent(lines: string): string {
  return lines.replaceAll(/^/gm, '  ')
}
