import { minify as terser } from 'terser';

/** terser, because esbuild declares a name twice in synthetic shadow ("Identifier 'invariant' has already been declared"). */
export function minify() {
  return {
    name: 'page-minify',
    async renderChunk(code) {
      const result = await terser(code, { module: true, ecma: 2020, compress: { passes: 1 } });
      return { code: result.code, map: null };
    }
  };
}
