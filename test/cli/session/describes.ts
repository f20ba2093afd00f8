import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Session } from './session.js';

interface Described {
  name: string;
  custom: boolean;
  keyPrefix: string;
  fields: { name: string; type: string; externalId: boolean; referenceTo: string[]; restrictedPicklist: boolean }[];
}

const custom = [
  'Cosell_Audit__c',
  'Cosell_Issue__c',
  'Cosell_Run__c',
  'ERP_Account_Statistics__c',
  'ERP_Availability__c',
  'Microsoft_Solution__c',
  'Opportunity_Microsoft_Solution__c'
];

export const describes = (session: () => Session): void => {
  it('lists and describes objects', async () => {
    const { sf } = session();
    const [listed, described] = await Promise.all([
      sf.ok<string[]>(['sobject', 'list', '--sobject', 'custom']),
      sf.ok<Described>(['sobject', 'describe', '--sobject', 'Opportunity'])
    ]);
    expect(listed).toEqual(custom);
    expect(described).toMatchObject({ name: 'Opportunity', custom: false, keyPrefix: '006' });
    const field = (name: string) => described.fields.find((each) => each.name === name);
    expect(field('Referral_Identifier__c')).toMatchObject({ type: 'string', externalId: true });
    expect(field('Cosell_Sync_State__c')).toMatchObject({ type: 'picklist', restrictedPicklist: true });
    expect(field('AccountId')).toMatchObject({ type: 'reference', referenceTo: ['Account'] });
  });

  it('lists metadata', async () => {
    const { sf } = session();
    const [objects, types] = await Promise.all([
      sf.ok<{ fullName: string; fileName: string; createdByName: string }[]>([
        ...['org', 'list', 'metadata', '--metadata-type', 'CustomObject']
      ]),
      sf.ok<{ metadataObjects: { xmlName: string }[] }>(['org', 'list', 'metadata-types'])
    ]);
    expect(objects.map(({ fullName }) => fullName)).toEqual(expect.arrayContaining(custom));
    expect(objects.find(({ fullName }) => fullName === 'Cosell_Audit__c')).toMatchObject({
      fileName: 'objects/Cosell_Audit__c.object',
      createdByName: 'Ada Admin'
    });
    expect(types.metadataObjects.map(({ xmlName }) => xmlName)).toContain('LightningComponentBundle');
  });

  it('retrieves what was deployed', async () => {
    const { sf } = session();
    const paths = [
      'force-app/main/default/objects/Microsoft_Solution__c/fields/Type__c.field-meta.xml',
      'force-app/main/default/lwc/cosellSection/cosellSection.html'
    ].map((path) => join(sf.project, path));
    const before = paths.map((path) => readFileSync(path, 'utf8'));
    for (const [index, path] of paths.entries()) {
      writeFileSync(path, (before[index] ?? '').replace(/<label>.*<\/label>|<template.*>/, ''));
    }
    expect(paths.map((path) => readFileSync(path, 'utf8'))).not.toEqual(before);
    const retrieved = await sf.ok<{ success: boolean; files: { fullName: string; state: string }[] }>([
      ...['project', 'retrieve', 'start', '--metadata', 'CustomObject:Microsoft_Solution__c'],
      ...['--metadata', 'LightningComponentBundle:cosellSection']
    ]);
    expect(retrieved.success).toBe(true);
    expect(retrieved.files.map(({ fullName }) => fullName)).toContain('Microsoft_Solution__c.Type__c');
    const elements = (text: string) =>
      text
        .replaceAll('&apos;', "'")
        .match(/<[^>]+>[^<]*/g)
        ?.map((each) => each.trim())
        .sort();
    expect(paths.map((path) => elements(readFileSync(path, 'utf8')))).toEqual(before.map(elements));
  });

  it('passes any REST request through', async () => {
    const { sf } = session();
    const [good, bad] = await Promise.all([
      sf.print(['api', 'request', 'rest', '/services/data/v66.0/sobjects/Opportunity']),
      sf.print(['api', 'request', 'rest', '/services/data/v66.0/sobjects/Nothing'])
    ]);
    expect(JSON.parse(good.stdout)).toMatchObject({ objectDescribe: { name: 'Opportunity' }, recentItems: [] });
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('NOT_FOUND');
  });
};
