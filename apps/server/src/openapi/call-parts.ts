import type { RestMethod } from '../rest/route.ts'
import type { ApiSchemas } from './api-schemas.ts'
import { schemaReference } from './api-schemas.ts'
import type { JsonSchema, Operation, Parameter } from './open-api.ts'
import type { ProcedureDefinition } from './procedure-definitions.ts'
import { sampleOf } from './sample-value.ts'

interface Route {
  method: RestMethod
  path: string
}

type CallParts = Pick<Operation, 'parameters' | 'requestBody'>

/**
 * Splits the input of a procedure as the REST API does: into the parameters of the path, and the fields of
 * the query string for GET and DELETE, or of the body.
 * @param bodyName the name of the schema of a body that is only a part of the input
 */
export function callParts(
  schemas: ApiSchemas,
  { input }: ProcedureDefinition,
  { method, path }: Route,
  bodyName: string,
): CallParts {
  const whole = schemas.schemaOf(input, 'input')
  const schema = schemas.resolve(whole)
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const { properties = {}, required = [] } = schema
  const parameter = (name: string, where: Parameter['in']): Parameter => {
    const { description, ...rest } = properties[name] ?? {}
    const text = description ?? schemas.resolve(rest).description
    return {
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(text === undefined ? {} : { description: text }),
      schema: rest,
    }
  }
  const pathParameters = inPath.map((name) => parameter(name, 'path'))
  const others = Object.keys(properties).filter((name) => !inPath.includes(name))
  if (method === 'GET' || method === 'DELETE') {
    return withParameters([...pathParameters, ...others.map((name) => parameter(name, 'query'))])
  }
  const isUnion = schema.oneOf !== undefined || schema.anyOf !== undefined
  if (others.length === 0 && !isUnion) return withParameters(pathParameters)
  const body = inPath.length === 0 ? whole : partOf(schema, others)
  if (inPath.length > 0) schemas.add(bodyName, body)
  const resolved = schemas.resolve(body)
  return {
    ...withParameters(pathParameters),
    requestBody: {
      required: isUnion || (resolved.required ?? []).length > 0,
      content: {
        'application/json': {
          schema: inPath.length > 0 ? schemaReference(bodyName) : body,
          example: sampleOf(resolved, (each) => schemas.resolve(each)),
        },
      },
    },
  }
}

function withParameters(parameters: Parameter[]): CallParts {
  return parameters.length === 0 ? {} : { parameters }
}

/** Returns an object schema with some of its fields only. */
function partOf({ properties = {}, required = [], ...rest }: JsonSchema, names: string[]): JsonSchema {
  return {
    ...rest,
    properties: Object.fromEntries(names.map((name) => [name, properties[name] ?? {}])),
    required: required.filter((name) => names.includes(name)),
  }
}
