import addFormats from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject } from 'ajv/dist/2020.js'
import { buildDocument } from '../../src/openapi/build-document.ts'
import type { HttpMethod, JsonSchema, OpenApiDocument, Operation } from '../../src/openapi/open-api.ts'

/** An operation with its place in the document. */
export interface PlacedOperation {
  method: HttpMethod
  path: string
  operation: Operation
}

/** Builds the document of a server. Its name and cookie are those of a public one. */
export function apiDocument(): Promise<OpenApiDocument> {
  return buildDocument({ publicUrl: 'https://accounts.example.org', cookieName: '__Host-session' })
}

export function operationsOf({ paths }: OpenApiDocument): PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    // Sound: the methods of a path item.
    (Object.entries(item) as [HttpMethod, Operation][]).map(([method, operation]) => ({
      method,
      path,
      operation,
    })),
  )
}

/** Returns the operations by their procedures. */
export function operationsByProcedure(document: OpenApiDocument): Map<string, Operation> {
  return new Map(operationsOf(document).map(({ operation }) => [operation['x-procedure'], operation]))
}

/** Returns what a value violates in a schema of the document: nothing, or a line for each. */
export type Validate = (schema: JsonSchema, value: unknown) => string[]

/** Makes a validator (JSON Schema 2020-12) that knows the named schemas of the document. */
export function validatorOf({ components }: OpenApiDocument): Validate {
  // Not strict: `discriminator` and the format `password` are of OpenAPI.
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  // Sound: the module is CommonJS, whose function is its `default`.
  const add = addFormats as unknown as typeof addFormats.default
  add(ajv)
  ajv.addFormat('password', true)
  ajv.addSchema({ components }, 'document')
  return (schema, value) => {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"document#/components')
    const validate = ajv.compile(JSON.parse(text) as object)
    return validate(value) ? [] : (validate.errors ?? []).map(lineOf)
  }
}

function lineOf({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`
}
