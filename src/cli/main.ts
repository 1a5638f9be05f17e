#!/usr/bin/env node
/* The commands of a shop: `npx keystall <command>`. Each is loaded when it is called. */
import {exitCodes, exitCodesHelp, UsageError, type Command, type Io} from './command.ts';

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  sandbox: async () => (await import('./sandbox.ts')).sandboxCommand,
  token: async () => (await import('./token.ts')).tokenCommand,
  'import-cards': async () => (await import('./import-cards.ts')).importCardsCommand,
  'rotate-key': async () => (await import('./rotate-key.ts')).rotateKeyCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
};

const io: Io = {
  environment: process.env,
  print: line => void process.stdout.write(`${line}\n`),
  tell: line => void process.stderr.write(`${line}\n`),
};

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.tell : io.print)(await overview());
    return name === undefined ? exitCodes.wrongUsage : exitCodes.done;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    io.tell(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
    return exitCodes.wrongUsage;
  }
  try {
    const command = await load();
    if (args.includes('--help') || args.includes('-h')) {
      io.print(command.help);
      return exitCodes.done;
    }
    return await command.run(args, io);
  } catch (error) {
    return failure(name, error);
  }
}

function failure(name: string, error: unknown): number {
  if (error instanceof UsageError) {
    io.tell(`${error.message}\n"keystall ${name} --help" shows what there is.`);
    return exitCodes.wrongUsage;
  }
  const {name: kind, message, code} = error as {name?: string; message?: string; code?: string};
  const missing =
    code === 'ERR_MODULE_NOT_FOUND' ? /Cannot find package '([^']+)'/.exec(message ?? '')?.[1] : undefined;
  if (missing !== undefined) {
    io.tell(`"keystall ${name}" needs the package ${missing}, which is not installed: npm install ${missing}`);
    return exitCodes.failed;
  }
  io.tell(message ?? String(error));
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
  if (cause !== undefined && !message?.includes(cause)) io.tell(`  because: ${cause}`);
  const isConfiguration = kind !== undefined && ['ConfigError', 'KeyRingError', 'ScenarioError'].includes(kind);
  return isConfiguration ? exitCodes.wrongConfiguration : exitCodes.failed;
}

async function overview(): Promise<string> {
  const width = Math.max(...Object.keys(commands).map(name => name.length));
  const lines: string[] = [];
  for (const [name, load] of Object.entries(commands)) {
    // A command whose packages are not installed is listed all the same.
    const summary = await load().then(
      command => command.summary,
      () => '(needs packages that are not installed)',
    );
    lines.push(`  ${name.padEnd(width)}  ${summary}`);
  }
  return `Usage: keystall <command> [options]

Commands
${lines.join('\n')}

"keystall <command> --help" tells of each.

${exitCodesHelp}`;
}
