export { createDeviceCookie, newDevice, type Device, type DeviceCookie } from './cookie.ts'
export { forgetDevices, isKnownDevice, listDeviceUses, rememberDevice } from './store.ts'
