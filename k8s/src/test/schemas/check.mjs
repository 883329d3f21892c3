// Reads a JSON array of custom resources and writes, for each, the array of what is wrong with it. Two judges, both from
// published packages: their types, to which an object literal may add no field that they do not know (TypeScript's compiler
// says so), and their compiled JSON schemas, which know patterns, bounds and enumerations.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const packages = {
  'gateway.envoyproxy.io': '@kubernetes-models/envoy-gateway',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'k8ssandra.io': '@kubernetes-models/k8ssandra-operator',
  'kafka.strimzi.io': '@kubernetes-models/strimzi-kafka-operator',
  'keda.sh': '@kubernetes-models/keda',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

const objects = JSON.parse(readFileSync(0, 'utf8'));
const modules = objects.map(({ apiVersion, kind }) => {
  const [group] = apiVersion.split('/');
  const name = packages[group];
  // The objects' path in a package ends with group, version and kind.
  return name && existsSync(join(here, 'node_modules', name)) ? `${name}/${apiVersion}/${kind}` : undefined;
});
const wrong = objects.map(({ apiVersion, kind }, i) =>
  modules[i] ? [] : [`no published schema for ${kind} of ${apiVersion}`]);

await judgeBySchema();
judgeByType();
process.stdout.write(JSON.stringify(wrong));

async function judgeBySchema() {
  for (const [i, object] of objects.entries()) {
    if (!modules[i]) continue;
    const { [object.kind]: Model } = await import(modules[i]);
    try {
      new Model(object).validate();
    } catch (error) {
      wrong[i].push(String(error.message));
    }
  }
}

function judgeByType() {
  const sources = new Map();
  objects.forEach((object, i) => {
    if (modules[i]) {
      sources.set(
        join(here, `object-${i}.ts`),
        `import { I${object.kind} as Type } from '${modules[i]}';\nexport const object: Type = ${JSON.stringify(object)};\n`);
    }
  });
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) =>
    sources.has(file) ? ts.createSourceFile(file, sources.get(file), ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest);
  const program = ts.createProgram([...sources.keys()], options, host);
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
    const i = file && /object-(\d+)\.ts$/.exec(file.fileName)?.[1];
    const message = ts.flattenDiagnosticMessageText(messageText, '; ');
    if (i === undefined || i === null) {
      throw new Error(message);
    }
    wrong[i].push(message);
  }
}
