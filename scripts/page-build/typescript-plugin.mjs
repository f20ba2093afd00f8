import path from 'node:path';
import ts from 'typescript';

/**
 * Strips types from the page's own modules before the LWC compiler, which does not parse TypeScript, sees them. Types are checked by
 * `tsc -p sandbox/src/record-page/client`. The target has to be ESNext: a lower one compiles the decorators away.
 */
export function typescript(folder) {
  return {
    name: 'page-typescript',
    resolveId(source, importer) {
      if (!importer?.startsWith(folder) || !source.startsWith('.') || !source.endsWith('.js')) return null;
      return path.resolve(path.dirname(importer), source.replace(/\.js$/, '.ts'));
    },
    transform(code, id) {
      if (!id.endsWith('.ts')) return null;
      const { outputText } = ts.transpileModule(code, {
        fileName: id,
        compilerOptions: {
          target: ts.ScriptTarget.ESNext,
          module: ts.ModuleKind.ESNext,
          useDefineForClassFields: true,
          verbatimModuleSyntax: true
        }
      });
      return { code: outputText, map: null };
    }
  };
}
