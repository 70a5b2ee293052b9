/** What the tests use of the Frictionless library for JavaScript, which has no types of its own. */
declare module 'datapackage' {
  export interface Resource {
    readonly name: string
    read(options: { readonly keyed: true; readonly relations?: boolean }): Promise<readonly Record<string, unknown>[]>
  }
  export interface Package {
    readonly valid: boolean
    readonly errors: readonly Error[]
    readonly resources: readonly Resource[]
  }
  export const Package: {
    load(descriptor: object, options: { readonly basePath: string; readonly strict: boolean }): Promise<Package>
  }
}
