/**
 * Node's HTTP module. An `import` of it reads every export, also `WebSocket`, which loads Node's whole HTTP
 * client: 11 MB of memory.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')
