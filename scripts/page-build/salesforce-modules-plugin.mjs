const virtualPrefix = '\0salesforce:';

/**
 * `@salesforce/*` as virtual modules for our components and the page. The base components bring their own labels and formats, except
 * the time zone: theirs is fixed, the page shows times in the browser's.
 */
export function salesforceModules({ labels, bootstrap, base }) {
  return {
    name: 'page-salesforce-modules',
    resolveId(source, importer) {
      if (!source.startsWith('@salesforce/')) return null;
      const ofBase = importer?.startsWith(base) ?? false;
      if (ofBase && source !== '@salesforce/i18n/timeZone') return null;
      return virtualPrefix + source.slice('@salesforce/'.length);
    },
    load(id) {
      if (!id.startsWith(virtualPrefix)) return null;
      const [kind, ...rest] = id.slice(virtualPrefix.length).split('/');
      const source = sources[kind]?.(rest.join('/'), { labels, bootstrap });
      if (source === undefined) this.error(`@salesforce/${kind}/${rest.join('/')} is not known to the record page.`);
      return source;
    }
  };
}

const formats = {
  locale: "'en-US'",
  lang: "'en-US'",
  currency: "'USD'",
  dir: "'ltr'",
  firstDayOfWeek: '1',
  timeZone: 'Intl.DateTimeFormat().resolvedOptions().timeZone',
  'dateTime.shortDateFormat': "'M/d/yyyy'",
  'dateTime.mediumDateFormat': "'MMM d, yyyy'",
  'dateTime.longDateFormat': "'MMMM d, yyyy'",
  'number.decimalSeparator': "'.'",
  'number.groupingSeparator': "','",
  'number.currencyFormat': "'¤#,##0.00;(¤#,##0.00)'",
  'number.currencySymbol': "'$'",
  'number.numberFormat': "'#,##0.###'",
  'number.percentFormat': "'#,##0%'"
};

const sources = {
  schema: (path) => {
    const [objectApiName, ...field] = path.split('.');
    return exported(field.length === 0 ? { objectApiName } : { objectApiName, fieldApiName: field.join('.') });
  },
  label: (path, { labels }) => {
    const value = labels.get(path.replace(/^c\./, ''));
    return value === undefined ? undefined : exported(value);
  },
  i18n: (path) => (path in formats ? `export default ${formats[path]};` : undefined),
  user: (path, { bootstrap }) =>
    ({
      Id: `import { bootstrap } from ${JSON.stringify(bootstrap)}; export default bootstrap.user.id;`,
      isGuest: 'export default false;'
    })[path],
  client: (path) =>
    path === 'formFactor' ? "export default globalThis.innerWidth < 768 ? 'Small' : 'Large';" : undefined,
  resourceUrl: (path) => exported(`/resource/${path}`)
};

function exported(value) {
  return `export default ${JSON.stringify(value)};`;
}
