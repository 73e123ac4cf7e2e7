export { createDeviceCookie, newDevice, type Device, type DeviceCookie } from './cookie.ts'
export { exportKnownDevices } from './export.ts'
export { findKnownDevice, deleteDevices, isNewDevice, rememberDevice, touchDevice } from './store.ts'
