import {runSandbox, sandboxArguments, sandboxHelp, SandboxUsageError} from '../sandbox/node/run.ts';
import {sandboxProtocols} from '../sandbox/protocols.ts';
import {exitCodes, exitCodesHelp, readOptions, UsageError, type Command} from './command.ts';

export const sandboxCommand: Command = {
  summary: 'runs a simulated card platform to try a shop against',
  help: `Usage: keystall sandbox [options]

Runs a card platform with suppliers, goods, tiers, wallets, after-sales and faults on demand. It speaks each protocol on a
path of its own: ${sandboxProtocols.map(({name, path}) => `${name} on ${path}`).join(', ')};
/control is its steering wheel. No money moves, and no card of it is worth anything.

${sandboxHelp}

${exitCodesHelp}`,
  async run(args, io) {
    readOptions(args, sandboxArguments);
    try {
      await runSandbox(args, io.environment);
    } catch (error) {
      if (error instanceof SandboxUsageError) throw new UsageError(error.message);
      throw error;
    }
    return exitCodes.done;
  },
};
