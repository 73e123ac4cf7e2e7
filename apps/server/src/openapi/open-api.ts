/** The parts of an OpenAPI 3.1 document that this server writes (OAS 3.1.1). */
export interface OpenApiDocument {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string }
  servers: { url: string; description: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, PathItem>
  components: {
    schemas: Record<string, JsonSchema>
    responses: Record<string, Response>
    headers: Record<string, Header>
    securitySchemes: Record<string, SecurityScheme>
  }
}

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete'
export type PathItem = { [M in HttpMethod]?: Operation }

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Record<string, MediaType> }
  responses: Record<string, Response | Reference>
  /** The name of the procedure for the typed client. */
  'x-procedure': string
  'x-access': AccessRules
}

/** What a caller needs besides a session or token. */
export interface AccessRules {
  /** `public`, `user` for every logged-in user, or the roles that are allowed. */
  who: 'public' | 'user' | readonly string[]
  /** Also a recent authentication, by `auth.elevate`. */
  recentAuthentication: boolean
  /** Also a session at level 2: always, for admins by a setting, or if the account has a second factor. */
  secondFactor: 'always' | 'by-setting' | 'if-added' | 'never'
  /** The scope with which access tokens are accepted; null: only sessions are. */
  scope: string | null
}

export interface Parameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  description?: string
  schema: JsonSchema
}

export interface Response {
  description: string
  headers?: Record<string, Header | Reference>
  content?: Record<string, MediaType>
}

export interface Header {
  description: string
  schema: JsonSchema
}

export interface MediaType {
  schema: JsonSchema
  example?: unknown
}

export interface Reference {
  $ref: string
}

export type SecurityScheme =
  | { type: 'apiKey'; in: 'cookie'; name: string; description: string }
  | { type: 'http'; scheme: 'bearer'; bearerFormat: string; description: string }

/** A schema of JSON Schema 2020-12, by the keywords that zod and this folder write. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  propertyNames?: JsonSchema
  discriminator?: { propertyName: string; mapping: Record<string, string> }
  description?: string
  examples?: readonly unknown[]
  default?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  contentMediaType?: string
  contentSchema?: JsonSchema
}
