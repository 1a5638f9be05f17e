import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {describe, it} from 'node:test';
import typescript from 'typescript';
import {parse} from 'yaml';
import {configSchema} from '../../src/server/config/config.ts';
import {shutdownSchema} from '../../src/server/config/shutdown-config.ts';
import {httpLimits} from '../../src/server/operations/http-limits.ts';
import {maximumEvidenceBytes} from '../../src/domain/evidence.ts';
import * as v from 'valibot';

const read = (name: string) => readFileSync(`deploy/${name}`, 'utf8');
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
const [dockerfile, caddyfile, nginx, socket, service] = [
  'Dockerfile',
  'Caddyfile',
  'nginx.conf',
  'keystall.socket',
  'keystall.service',
].map(read) as [string, string, string, string, string];

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly build?: {readonly context: string; readonly dockerfile: string};
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly depends_on?: object;
  readonly stop_grace_period?: string;
}

const compose = parse(read('compose.yaml'), {merge: true}) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: object;
  readonly volumes: object;
};
const shops = Object.entries(compose.services).filter(([name]) => name.startsWith('shop-'));

const port = v.parse(configSchema.pipe[0].entries.port.wrapped, 4100);
const serverSources = globSync('src/{domain,contract,server,upstreams,sandbox,cli}/**/*.ts');
const sources = serverSources.map(path => readFileSync(path, 'utf8')).join('\n');

/** How long a server that is told to stop may take at most, in seconds: 20 of it are for jobs at work. */
const longestStop = (noticeSeconds: number) => noticeSeconds + v.parse(shutdownSchema, {}).graceSeconds + 20;

/** Runs a checker of the files' own program, where this machine has it; the other tests look at the same files anywhere. */
function checkedBy(program: string, ...args: string[]): void {
  const folders = [...process.env['PATH']!.split(delimiter), '/usr/sbin'];
  if (folders.some(folder => existsSync(join(folder, program)))) execFileSync(program, args, {stdio: 'pipe'});
}

describe('the Dockerfile', () => {
  it('builds with the package’s own script and runs its own command, as nobody in particular', () => {
    for (const [, script] of dockerfile.matchAll(/npm run ([\w:]+)/g)) assert.ok(manifest['scripts']![script!], script);
    const [, command] = /\nCMD (\[.*\])/.exec(dockerfile)!;
    const bin = manifest['bin']!['keystall']!.replace('./', 'node_modules/keystall/');
    assert.deepEqual(JSON.parse(command!), ['node', bin, 'serve']);
    assert.ok(existsSync(manifest['bin']!['keystall']!.replace('./dist/', '').replace('.js', '.ts')));
    const stages = dockerfile.split(/^FROM /m).slice(1);
    assert.equal(stages.length, 2);
    assert.match(stages[1]!, /^USER node$/m);
    assert.doesNotMatch(stages[1]!, /^COPY \. /m);
  });

  it('installs what the server imports, in the versions it is tested with', () => {
    const imported = serverSources.flatMap(path =>
      typescript.preProcessFile(readFileSync(path, 'utf8'), true, true).importedFiles.map(({fileName}) => fileName),
    );
    const packages = imported
      .filter(specifier => !specifier.startsWith('.') && !isBuiltin(specifier))
      .map(specifier => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0])
      .filter(name => name in manifest['peerDependencies']!);
    const expected = [...new Set(packages)].sort().map(name => `${name}@${manifest['peerDependencies']![name]}`);
    const installed = [...dockerfile.matchAll(/^ {4}"(.+)" \\$/gm)].map(([, name]) => name);
    assert.deepEqual(installed, expected);
  });

  it('asks for its health where the server tells of it', () => {
    const [, asked, path] = /HEALTHCHECK[^]*?http:\/\/127\.0\.0\.1:(\d+)(\/\w+)/.exec(dockerfile)!;
    assert.equal(Number(asked), port);
    assert.match(dockerfile, new RegExp(`^EXPOSE ${port}$`, 'm'));
    assert.ok(sources.includes(`app.get('${path}'`), path);
  });

  it('takes no secret and no built file along', () => {
    const ignored = read('Dockerfile.dockerignore').split('\n');
    for (const entry of ['node_modules', 'dist', '.git', '.keystall', '**/*.keys', '**/*.env', 'deploy']) {
      assert.ok(ignored.includes(entry), entry);
    }
  });
});

describe('compose.yaml', () => {
  it('runs two shop servers on one database, behind one proxy that reaches both', () => {
    assert.deepEqual(Object.keys(compose.services).sort(), ['database', 'proxy', 'shop-1', 'shop-2']);
    for (const [name, shop] of shops) {
      assert.ok(caddyfile.includes(`${name}:${port}`), name);
      assert.ok(existsSync(join('deploy', shop.build!.context, shop.build!.dockerfile)));
      assert.match(shop.environment!['DATABASE_URL']!, /@database\/keystall$/);
      assert.deepEqual(shop.depends_on, {database: {condition: 'service_healthy'}});
      for (const variable of Object.keys(shop.environment!)) assert.ok(sources.includes(variable), variable);
    }
  });

  it('names only files, volumes, services and secrets that are there or that its first line asks for', () => {
    const asked = read('compose.yaml').split('\n')[0]!;
    for (const [name, {volumes = [], secrets = [], depends_on = {}}] of Object.entries(compose.services)) {
      for (const [source = ''] of volumes.map(volume => volume.split(':'))) {
        const file = source.replace('./', '');
        const isThere = source.startsWith('./')
          ? existsSync(`deploy/${file}`) || asked.includes(file)
          : source in compose.volumes;
        assert.ok(isThere, `${name}: ${source}`);
      }
      for (const secret of secrets) assert.ok(secret in compose.secrets, `${name}: ${secret}`);
      const needed = Array.isArray(depends_on) ? (depends_on as string[]) : Object.keys(depends_on);
      for (const other of needed) assert.ok(other in compose.services, `${name}: ${other}`);
    }
  });

  it('waits for a stopping server longer than that takes', () => {
    for (const [, {stop_grace_period}] of shops) assert.ok(Number.parseInt(stop_grace_period!) >= longestStop(5) + 10);
  });
});

describe('the units of systemd', () => {
  it('hand the socket to the server’s own process and give it the time to stop', () => {
    const setting = (name: string, text = service) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)![1]!;
    const bin = manifest['bin']!['keystall']!.replace('./', 'node_modules/keystall/');
    assert.equal(setting('ExecStart'), `/usr/bin/node ${bin} serve`);
    assert.equal(setting('ListenStream', socket), `127.0.0.1:${port}`);
    assert.equal(setting('Requires'), 'keystall.socket');
    assert.ok(Number(setting('TimeoutStopSec')) >= longestStop(5) + 10);
    const [variable] = setting('Environment').split('=');
    assert.ok(sources.includes(variable!), variable);
    assert.doesNotMatch(service, /^MemoryDenyWriteExecute/m, 'Node compiles while it runs');
  });

  it('are understood by systemd, where it is installed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keystall-units-'));
    try {
      writeFileSync(join(folder, 'keystall.socket'), socket);
      // The program's place on this machine may be another one.
      writeFileSync(join(folder, 'keystall.service'), service.replace('/usr/bin/node', process.execPath));
      checkedBy(
        'systemd-analyze',
        'verify',
        '--man=no',
        join(folder, 'keystall.service'),
        join(folder, 'keystall.socket'),
      );
    } finally {
      rmSync(folder, {recursive: true});
    }
  });
});

describe('the reverse proxies', () => {
  it('let go of connections sooner than the server', () => {
    for (const text of [nginx, caddyfile]) {
      const [, seconds] = /keepalive(?:_timeout)? (\d+)s/.exec(text)!;
      assert.ok(Number(seconds) * 1000 < httpLimits.keepAliveTimeout);
    }
  });

  it('pass event streams on as they come, ask for readiness where it is told, and name the caller', () => {
    assert.match(caddyfile, /flush_interval -1/);
    assert.ok(sources.includes(`app.get('${/health_uri (\S+)/.exec(caddyfile)![1]}'`));
    const [, events] = /location ~ (\S+) \{[^}]*proxy_buffering off;/.exec(nginx)!;
    assert.match('/v1/orders/ord_1/events', new RegExp(events!));
    assert.doesNotMatch('/v1/orders/ord_1', new RegExp(events!));
    assert.match(nginx, /proxy_set_header X-Forwarded-For \$remote_addr;/);
    assert.equal(nginx.split('{').length, nginx.split('}').length);
  });

  it('let through the largest file that the server takes', () => {
    const [, megabytes] = /client_max_body_size (\d+)m/.exec(nginx)!;
    assert.ok(Number(megabytes) * 2 ** 20 >= maximumEvidenceBytes);
  });

  it('are understood by nginx and Caddy, where they are installed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keystall-proxy-'));
    try {
      const path = join(folder, 'nginx.conf');
      writeFileSync(path, `pid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${nginx}\n}\n`);
      checkedBy('nginx', '-t', '-q', '-c', path);
      checkedBy('caddy', 'validate', '--adapter', 'caddyfile', '--config', 'deploy/Caddyfile');
    } finally {
      rmSync(folder, {recursive: true});
    }
  });
});
