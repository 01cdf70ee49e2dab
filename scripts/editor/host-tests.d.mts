/** An extension that does nothing but hold the suite. */
export interface HostTests {
  readonly folder: string;
  readonly suite: string;
}

export function bundleHostTests(): Promise<HostTests>;
