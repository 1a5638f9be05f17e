import {createPinoLog} from '../server/operations/pino-log.ts';
import {serve} from '../server/serve.ts';
import {exitCodes, exitCodesHelp, readOptions, type Command} from './command.ts';
import {environmentHelp, loadConfig, shopOptions, shopOptionsHelp} from './shop-options.ts';

export const serveCommand: Command = {
  summary: 'runs the shop server',
  help: `Usage: keystall serve [options]

Runs the shop server in this process and prints "shop http://…" once it listens. Many may run on one PostgreSQL.

SIGTERM lets the requests and jobs at work finish and ends it; SIGINT (Ctrl-C) does not wait for connections. A socket
that a service manager opened (systemd's LISTEN_FDS) is taken instead of the configured port.

Options
${shopOptionsHelp}

${environmentHelp}

${exitCodesHelp}`,
  async run(args, io) {
    const {values} = readOptions(args, shopOptions);
    const running = await serve(await loadConfig(values), io.environment, createPinoLog());
    const {promise: asked, resolve: ask} = Promise.withResolvers<NodeJS.Signals>();
    // A terminal and whoever started this may both send one: a second must not cut off what the first has begun.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, ask);
    io.print(`shop http://127.0.0.1:${running.port}`);
    await running.stop({hurry: (await asked) === 'SIGINT'});
    process.exit(exitCodes.done);
  },
};
