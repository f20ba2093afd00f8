import type { StoredComponent } from '../../core/contract.js';
import type { DeployComponent } from '../package/collect.js';
import type { Deletion } from '../package/destructive.js';
import type { Problem } from '../package/problem.js';
import { readMetadataFile } from '../xml/read.js';
import { rules } from './index.js';
import type { World } from './world.js';

/** What messages call the types whose use elsewhere prevents their deletion. */
const labels: Readonly<Record<string, string>> = {
  CustomField: 'custom field',
  CustomLabel: 'custom label',
  CustomObject: 'custom object',
  FlexiPage: 'Lightning page',
  LightningComponentBundle: 'Lightning web component'
};

/** Components that hold on to what they refer to; layouts and permission sets let go of it. */
const holders = ['LightningComponentBundle', 'FlexiPage'] as const;

/** Refuses to delete what components that stay refer to: other objects' fields, pages and Lightning web components. */
export async function deletionProblems(deletions: readonly Deletion[], world: World): Promise<Problem[]> {
  const guarded = deletions.filter(({ type }) => type in labels);
  if (guarded.length === 0) return [];
  const complaints = await complaintsOfHolders(world);
  return guarded.flatMap((deletion) => {
    const users = [
      ...lookupsTo(deletion, world),
      ...complaints
        .filter(({ problem }) => names(deletion).some((name) => problem.includes(name)))
        .map(({ user }) => user)
    ];
    return [...new Set(users)].map((user) => ({
      componentType: deletion.type,
      fullName: deletion.fullName,
      fileName: deletion.fileName,
      problem: `This ${labels[deletion.type] ?? ''} is referenced elsewhere in Salesforce. Remove the usage and try again. : ${user}`,
      problemType: 'Error' as const
    }));
  });
}

/** How a reference names the deleted component. */
function names({ type, fullName }: Deletion): string[] {
  if (type === 'LightningComponentBundle') return [`c:${fullName}`];
  if (type === 'CustomLabel') return [`c.${fullName} `];
  if (type === 'CustomObject') return [`${fullName} `, `${fullName}.`];
  return [`${fullName} `];
}

function lookupsTo({ type, fullName }: Deletion, world: World): string[] {
  if (type !== 'CustomObject') return [];
  return world
    .objects()
    .flatMap((object) =>
      [...object.fields.values()]
        .filter(({ reference }) => reference?.to.includes(fullName))
        .map((field) => `Custom Field - ${object.name}.${field.name}`)
    );
}

async function complaintsOfHolders(world: World): Promise<{ user: string; problem: string }[]> {
  const complaints: { user: string; problem: string }[] = [];
  for (const type of holders) {
    for (const name of world.names(type)) {
      const stored = world.inPackage(type, name) ? undefined : world.org.components.get(type, name);
      if (!stored) continue;
      const component = restored(stored);
      await rules[type]?.values?.(component, world);
      const problems = (await rules[type]?.references?.(component, world)) ?? [];
      complaints.push(...problems.map(({ problem }) => ({ user: `${type} - ${name}`, problem })));
    }
  }
  return complaints;
}

/** A component of the organization, as if it were deployed again. */
function restored({ type, fullName, files }: StoredComponent): DeployComponent {
  const [path, content] = Object.entries(files).find(
    ([name]) => type !== 'LightningComponentBundle' || name.endsWith(`/${fullName}.js-meta.xml`)
  ) as [string, Buffer];
  const element = readMetadataFile(content, type);
  return { type, fullName, fileName: path, line: 0, column: 0, element, parent: '', files: { ...files } };
}
