/**
 * Runs jsforce in a process of its own, because one of its faults ends the process.
 * Arguments: instance URL, access token, SOQL. Prints the number of rows a Bulk query gave.
 */
import { createRequire } from 'node:module';

const { Connection } = createRequire(import.meta.url)('@jsforce/jsforce-node');
const [instanceUrl, accessToken, soql] = process.argv.slice(2);
const connection = new Connection({ instanceUrl, accessToken, version: '66.0' });
connection.bulk2.pollInterval = 10;
let rows = 0;
const stream = await connection.bulk2.query(soql);
stream.on('record', () => (rows += 1));
stream.on('error', (error) => console.error(error));
stream.on('end', () => console.log(rows));
