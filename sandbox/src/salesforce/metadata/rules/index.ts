import type { DeployComponent } from '../package/collect.js';
import type { Problem } from '../package/problem.js';
import { customFieldProblems, fieldReferenceProblems } from './custom-field.js';
import { customObjectProblems, sharingModelProblems } from './custom-object.js';
import { permissionSetProblems, permissionSetReferenceProblems } from './permission-set.js';
import type { World } from './world.js';

/** Finds what is wrong with one component. */
export type Rule = (component: DeployComponent, world: World) => Problem[] | Promise<Problem[]>;

/** Rules per type. `values` look at the component alone; `references` at what the organization will hold. */
export const rules: Readonly<Record<string, { values?: Rule; references?: Rule }>> = {
  CustomField: { values: customFieldProblems, references: fieldReferenceProblems },
  CustomObject: { values: customObjectProblems, references: sharingModelProblems },
  PermissionSet: { values: permissionSetProblems, references: permissionSetReferenceProblems }
};
