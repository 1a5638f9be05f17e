import {runSandbox, sandboxHelp} from '../sandbox/node/run.ts';
import {exitCodes, exitCodesHelp, readOptions, type Command} from './command.ts';

export const sandboxCommand: Command = {
  summary: 'runs a simulated card platform to try a shop against',
  help: `Usage: keystall sandbox [options]

Runs a card platform that speaks the protocols of acg-faka, dujiao-next, Kinguin and Reloadly, each on its own path, with goods, a wallet, a
payment page and faults on demand. No money moves, and no card of it is worth anything.

${sandboxHelp}

${exitCodesHelp}`,
  async run(args, io) {
    readOptions(args, {
      port: {type: 'string'},
      'port-fixed': {type: 'boolean'},
      host: {type: 'string'},
      data: {type: 'string'},
    });
    await runSandbox(args, io.environment);
    return exitCodes.done;
  },
};
