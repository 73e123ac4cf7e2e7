import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { product } from '@app/contract/product'
import type { ProcedurePath } from '../api/procedure-path.ts'
import { restBase } from '../rest/rest-path.ts'
import { restRoutes } from '../rest/routes.ts'
import { sessionScheme, tokenScheme } from './access-rules.ts'
import { ApiSchemas } from './api-schemas.ts'
import { introduction } from './introduction.ts'
import { linkHeaders } from './link-headers.ts'
import type { Header, HttpMethod, OpenApiDocument } from './open-api.ts'
import { operationOf } from './operation.ts'
import { problemHeaders, ProblemResponses } from './problem-schemas.ts'
import { readProcedures } from './procedure-definitions.ts'
import { featureDescriptions } from './tags.ts'

interface DocumentOptions {
  /** The origin of this server. */
  publicUrl: string
  /** The name of the session cookie. */
  cookieName: string
}

/**
 * Builds the OpenAPI document from the router and the table of routes. Other requests run between two
 * operations, because all of them take about 0.1 s.
 */
export async function buildDocument({ publicUrl, cookieName }: DocumentOptions): Promise<OpenApiDocument> {
  const schemas = new ApiSchemas()
  const problems = new ProblemResponses(schemas)
  const paths: OpenApiDocument['paths'] = {}
  for (const procedure of readProcedures()) {
    await yieldToEventLoop()
    // Sound: the table has every procedure of the router.
    const route = restRoutes[procedure.path as ProcedurePath]
    // Sound: the methods of the table.
    const method = route.method.toLowerCase() as HttpMethod
    paths[route.path] = {
      ...paths[route.path],
      [method]: operationOf({ schemas, problems }, procedure, route),
    }
  }
  const { responses } = problems
  return {
    openapi: '3.1.1',
    info: { title: `${product.name} API`, version: '1', description: introduction.join('\n\n') },
    servers: [{ url: `${publicUrl}${restBase}`, description: 'This server.' }],
    tags: Object.entries(featureDescriptions).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.usedBy({ paths, responses }),
      responses,
      headers: usedHeaders({ paths, responses }),
      securitySchemes: {
        [sessionScheme]: {
          type: 'apiKey',
          in: 'cookie',
          name: cookieName,
          description: 'The session of a log-in. It is HttpOnly, and renewed by calls.',
        },
        [tokenScheme]: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'acctpat',
          description:
            'An access token of a user, from `tokens.create`. Operations that accept it name the scope. Never send it beside the cookie.',
        },
      },
    },
  }
}

/** Returns the headers to which a document refers. Some are of a feature that can be removed. */
function usedHeaders(document: object): Record<string, Header> {
  const text = JSON.stringify(document)
  return Object.fromEntries(
    Object.entries({ ...linkHeaders, ...problemHeaders }).filter(([name]) =>
      text.includes(`"#/components/headers/${name}"`),
    ),
  )
}
