import { unzipSync } from 'fflate';

/** An unpacked archive: files below the package's root folder. */
export interface Archive {
  /** Folder of the root inside the zip with a trailing slash, or empty. */
  root: string;
  /** Path below the root → content. */
  files: ReadonlyMap<string, Buffer>;
}

/** Metadata API limits: 10,000 files and about 39 MB compressed per deploy. */
export const archiveLimits = { files: 10_000, compressedBytes: 39 * 1024 * 1024 } as const;

/** Why an archive is refused as a whole. */
export class ArchiveError extends Error {
  public override readonly name = 'ArchiveError';
}

/**
 * Unpacks a deploy archive. `singlePackage` says that `package.xml` lies in the root; without it every folder of the root is a
 * package, of which exactly one, `unpackaged`, is accepted here.
 *
 * @throws ArchiveError
 */
export function openArchive(zip: Buffer, singlePackage: boolean): Archive {
  if (zip.byteLength > archiveLimits.compressedBytes) {
    throw new ArchiveError('Maximum size of request reached. Maximum size of request is 52428800 bytes');
  }
  const entries = Object.entries(unzip(zip)).filter(([path]) => !path.endsWith('/'));
  if (entries.length > archiveLimits.files) throw new ArchiveError('Too many files in zip: maximum is 10,000');
  if (entries.some(([path]) => path.startsWith('/') || path.split('/').includes('..'))) {
    throw new ArchiveError('Invalid zip: entry outside of the archive');
  }
  const root = rootOf(
    entries.map(([path]) => path),
    singlePackage
  );
  const inside = entries.filter(([path]) => path.startsWith(root));
  return { root, files: new Map(inside.map(([path, bytes]) => [path.slice(root.length), Buffer.from(bytes)])) };
}

function unzip(zip: Buffer): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    throw new ArchiveError('Failed to unzip the zip file: the content is not a valid zip archive');
  }
}

function rootOf(paths: readonly string[], singlePackage: boolean): string {
  if (paths.includes('package.xml')) return '';
  const manifest = paths.find((path) => /^[^/]+\/package\.xml$/.test(path));
  // A single package may lie in one folder of any name, the way Migration Tool archives do.
  if (manifest && (!singlePackage || paths.every((path) => path.startsWith(manifest.split('/')[0] + '/')))) {
    return manifest.slice(0, -'package.xml'.length);
  }
  return '';
}
