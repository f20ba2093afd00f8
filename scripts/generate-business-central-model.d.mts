/** Where the service's `$metadata` lies when the reference material is checked out beside this repository. */
export declare const contractPath: string;
export declare const outputPath: string;
/** Source text of the model for the text of a `$metadata` document. */
export declare function generate(edmx: string): string;
