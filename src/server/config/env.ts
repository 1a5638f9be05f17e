/** A value that lies in the environment, not in the file: credentials are never written into a configuration. */
export interface EnvironmentReference {
  readonly env: string;
}

/** Names an environment variable to read when the server starts. */
export function env(name: string): EnvironmentReference {
  return {env: name};
}
