export { createExportTurn, type ExportTurn } from './export-turn.ts'
