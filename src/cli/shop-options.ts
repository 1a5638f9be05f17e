import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {checkConfig, ConfigError} from '../server/config/config.ts';
import {UsageError, type Io} from './command.ts';

/** The options of every command that works on a shop. */
export const shopOptions = {
  config: {type: 'string'},
  // Not `--env-file`: Node takes that for its own, wherever it stands.
  env: {type: 'string'},
} as const;

export const shopOptionsHelp = `  --config <file>    the shop's configuration; keystall.config.ts, .js or .mjs of this folder if absent
  --env <file>       reads variables from a file; what is set already goes before it`;

export const environmentHelp = `Environment
  KEYSTALL_KEYS       master keys as id:base64, separated by commas; the first encrypts, the others still open
  KEYSTALL_KEYS_FILE  a file that holds them instead, one a line
  DATABASE_URL        a PostgreSQL; without it the database lies in the configuration's dataFolder
  and the variables that the configuration names`;

const defaultNames = ['keystall.config.ts', 'keystall.config.js', 'keystall.config.mjs'];

export interface ShopValues {
  readonly config?: string | undefined;
  readonly env?: string | undefined;
}

/** What the configuration file exports, unchecked. Reads the variables of `--env` first, which it may name. */
export async function loadConfig(values: ShopValues): Promise<unknown> {
  const envFile = values.env;
  if (envFile !== undefined) {
    if (!existsSync(envFile)) throw new UsageError(`There is no file ${envFile}; --env names it.`);
    process.loadEnvFile(envFile);
  }
  const path = values.config ?? defaultNames.find(name => existsSync(name));
  if (path === undefined || !existsSync(path)) {
    throw new ConfigError([
      {path: path ?? defaultNames[0]!, message: 'there is no such file; --config names another, README.md shows one'},
    ]);
  }
  const {default: config} = (await import(pathToFileURL(resolve(path)).href)) as {default?: unknown};
  return config;
}

/** The checked configuration, and where the shop's database is. */
export async function loadShop(values: ShopValues, {environment}: Io) {
  const {config, secrets} = checkConfig(await loadConfig(values), environment);
  return {config, secrets, databaseUrl: environment['DATABASE_URL'], dataFolder: config.dataFolder};
}
