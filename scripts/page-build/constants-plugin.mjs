/** Decides build-time conditions: production mode, and never server-side rendering. */
export function constants() {
  const replacements = [
    [/\bprocess\.env\.NODE_ENV\b/g, '"production"'],
    [/\bimport\.meta\.env\.SSR\b/g, 'false']
  ];
  return {
    name: 'page-constants',
    transform(code) {
      const changed = replacements.reduce((text, [pattern, value]) => text.replace(pattern, value), code);
      return changed === code ? null : { code: changed, map: null };
    }
  };
}
