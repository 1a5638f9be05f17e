import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {text} from 'node:stream/consumers';
import {it} from 'node:test';
import {codeBlocks} from './markdown.ts';

const [telemetry] = codeBlocks('docs/operating.md', 'js');

/** Begins and ends as the server does. */
const traced = `
import {openTelemetryTracing} from ${JSON.stringify(pathToFileURL(resolve('src/server/operations/open-telemetry.ts')))};
const tracing = await openTelemetryTracing();
await tracing.inSpan({kind: 'job', name: 'job sweep', attributes: {'keystall.job': 'sweep'}}, async () => {});
await tracing.flush();
process.exit(0);
`;

it('the file that registers OpenTelemetry has spans sent to the collector, the last ones too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keystall-telemetry-'));
  const received: {readonly url: string; readonly body: string}[] = [];
  const answer = async (request: IncomingMessage) => {
    received.push({url: request.url!, body: await text(request)});
  };
  const collector = createServer((request, response) => void answer(request).then(() => response.end('{}')));
  try {
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    writeFileSync(join(folder, 'telemetry.mjs'), telemetry!.text);
    writeFileSync(join(folder, 'traced.mjs'), traced);
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const child = spawn(process.execPath, ['--import', './telemetry.mjs', 'traced.mjs'], {
      cwd: folder,
      env: {...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint},
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    assert.equal(code, 0, errors);
    assert.deepEqual(
      received.map(({url}) => url),
      ['/v1/traces'],
    );
    assert.match(received[0]!.body, /"name":"job sweep"/);
  } finally {
    collector.close();
    rmSync(folder, {recursive: true});
  }
});
