import {createPinoLog} from '../server/operations/pino-log.ts';
import {serve} from '../server/serve.ts';
import {exitCodes, exitCodesHelp, readOptions, type Command} from './command.ts';
import {environmentHelp, loadConfig, shopOptions, shopOptionsHelp} from './shop-options.ts';

export const serveCommand: Command = {
  summary: 'runs the shop server',
  help: `Usage: keystall serve [options]

Runs the shop server in this process and prints "shop http://…" once it listens. SIGTERM and SIGINT let what is at work
finish and end it. Many may run on one PostgreSQL.

Options
${shopOptionsHelp}

${environmentHelp}

${exitCodesHelp}`,
  async run(args, io) {
    const {values} = readOptions(args, shopOptions);
    const running = await serve(await loadConfig(values), io.environment, createPinoLog());
    io.print(`shop http://127.0.0.1:${running.port}`);
    const {promise: ended, resolve: end} = Promise.withResolvers<void>();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
    await ended;
    await running.stop();
    process.exit(exitCodes.done);
  },
};
