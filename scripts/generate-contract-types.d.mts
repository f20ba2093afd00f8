/** Where the official contract lies when the reference material is checked out beside this repository. */
export declare const contractPath: string;
export declare const outputPath: string;
/** Source text of the types for a parsed Swagger document. */
export declare function generate(contract: unknown): string;
