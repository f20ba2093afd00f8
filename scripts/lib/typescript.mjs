import { root } from './run.mjs';

/** Runs TypeScript as the tests do, without a build: `load` gives a module's exports, by its path in the repository. */
export async function typescript() {
  const { createServer } = await import('vite');
  const { ViteNodeServer } = await import('vite-node/server');
  const { ViteNodeRunner } = await import('vite-node/client');
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { middlewareMode: true, watch: null, hmr: false, ws: false }
  });
  const node = new ViteNodeServer(server);
  const runner = new ViteNodeRunner({
    root,
    base: '/',
    fetchModule: (id) => node.fetchModule(id),
    resolveId: (id, importer) => node.resolveId(id, importer)
  });
  return { load: (file) => runner.executeFile(`${root}${file}`), close: () => server.close() };
}
