/** Kinds by which requests may go elsewhere altogether. */
const REROUTING = new Set([
  'CiliumClusterwideEnvoyConfig',
  'CiliumEnvoyConfig',
  'CiliumLocalRedirectPolicy',
  'EnvoyExtensionPolicy',
  'EnvoyFilter',
  'EnvoyPatchPolicy',
  'VirtualService',
  'WasmPlugin',
]);

/** Whether requests may go elsewhere by an object of a kind: others only refuse, delay or change them. */
export function mayReroute(kind: string): boolean {
  return REROUTING.has(kind);
}
