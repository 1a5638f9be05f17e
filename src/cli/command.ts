import {parseArgs, type ParseArgsConfig} from 'node:util';

/** One subcommand of `keystall`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly help: string;
  /** @returns the exit code */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** What a command sees of its process. */
export interface Io {
  readonly environment: NodeJS.ProcessEnv;
  /** Results; everything else goes to `tell`. */
  print(line: string): void;
  tell(line: string): void;
}

export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  wrongConfiguration: 3,
  incomplete: 4,
} as const;

export const exitCodesHelp = `Exit codes
  0  done
  1  it failed; the message says why
  2  the command line was not understood
  3  the configuration, a scenario or the master keys are wrong
  4  it ran, and something is left that somebody has to look at`;

/** The command line was not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads options, and at most `most` other words.
 * @throws {UsageError} that names what is not known
 */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  most = 0,
) {
  try {
    const parsed = parseArgs({args: [...args], options, allowPositionals: true, strict: true});
    const surplus = parsed.positionals[most];
    if (surplus !== undefined) throw new UsageError(`"${surplus}" is too much.`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
