/** Workers of this app. The window's policy lets no address become a program but those that stand here. */

interface ScriptPolicy {
  createScriptURL(url: string): string
}
interface PolicyFactory {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy
}

let policy: ScriptPolicy | null = null

/** Starts a worker from a file of the app's own bundle. Throws for any other address. */
export function trustedWorker(url: string): Worker {
  policy ??= createPolicy()
  return new Worker(policy.createScriptURL(url))
}

function createPolicy(): ScriptPolicy {
  const rules: ScriptPolicy = {
    createScriptURL(url) {
      if (new URL(url, location.href).origin !== location.origin)
        throw new Error('Broken invariant: workers are our own')
      return url
    },
  }
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  return factory === undefined ? rules : factory.createPolicy('worker', rules)
}
