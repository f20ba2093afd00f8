/** Where the official metadata document lies when the reference material is checked out beside this repository. */
export declare const contractPath: string;
export declare const outputPath: string;
/** Source text of the types for the text of a metadata document. */
export declare function generate(edmx: string): string;
