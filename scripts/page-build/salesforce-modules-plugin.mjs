const virtualPrefix = '\0salesforce:';

/**
 * `@salesforce/*` as virtual modules for our components and the page. The base components bring their own labels and formats,
 * except those that follow the user.
 */
export function salesforceModules({ labels, client, base }) {
  return {
    name: 'page-salesforce-modules',
    resolveId(source, importer) {
      if (!source.startsWith('@salesforce/')) return null;
      const ofBase = importer?.startsWith(base) ?? false;
      if (ofBase && !userFormats.has(source.slice('@salesforce/i18n/'.length))) return null;
      return virtualPrefix + source.slice('@salesforce/'.length);
    },
    load(id) {
      if (!id.startsWith(virtualPrefix)) return null;
      const [kind, ...rest] = id.slice(virtualPrefix.length).split('/');
      const source = sources[kind]?.(rest.join('/'), { labels, client });
      if (source === undefined) this.error(`@salesforce/${kind}/${rest.join('/')} is not known to the record page.`);
      return source;
    }
  };
}

/** Follow the user's settings; the base components get these too. */
const userFormats = new Set([
  'lang',
  'locale',
  'timeZone',
  'firstDayOfWeek',
  'dateTime.shortDateFormat',
  'dateTime.mediumDateFormat',
  'dateTime.longDateFormat',
  'dateTime.shortTimeFormat',
  'dateTime.shortDateTimeFormat'
]);

const fixedFormats = {
  currency: 'USD',
  dir: 'ltr',
  'number.decimalSeparator': '.',
  'number.groupingSeparator': ',',
  'number.currencyFormat': '¤#,##0.00;(¤#,##0.00)',
  'number.currencySymbol': '$',
  'number.numberFormat': '#,##0.###',
  'number.percentFormat': '#,##0%'
};

const sources = {
  schema: (path) => {
    const [objectApiName, ...field] = path.split('.');
    return exported(field.length === 0 ? { objectApiName } : { objectApiName, fieldApiName: field.join('.') });
  },
  label: (path, { labels, client }) => {
    const values = labels.get(path.replace(/^c\./, ''));
    if (values === undefined) return undefined;
    return `import { translated } from '${client}/i18n.ts'; export default translated(${JSON.stringify(values)});`;
  },
  i18n: (path, { client }) => {
    if (userFormats.has(path)) return `import { i18n } from '${client}/i18n.ts'; export default i18n['${path}'];`;
    return path in fixedFormats ? exported(fixedFormats[path]) : undefined;
  },
  user: (path, { client }) =>
    ({
      Id: `import { bootstrap } from '${client}/bootstrap.ts'; export default bootstrap.user.id;`,
      isGuest: 'export default false;'
    })[path],
  client: (path) =>
    path === 'formFactor' ? "export default globalThis.innerWidth < 768 ? 'Small' : 'Large';" : undefined,
  resourceUrl: (path) => exported(`/resource/${path}`)
};

function exported(value) {
  return `export default ${JSON.stringify(value)};`;
}
