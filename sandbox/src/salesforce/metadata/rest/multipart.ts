/** One part of a multipart body. */
export interface Part {
  name: string;
  contentType: string;
  content: Buffer;
}

/**
 * Splits a `multipart/form-data` body (RFC 7578). Parts without a name are left out.
 *
 * @returns undefined when `contentType` names no boundary
 */
export function readMultipart(contentType: string, body: Buffer): Part[] | undefined {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!/^multipart\/form-data/i.test(contentType) || !boundary) return undefined;
  const delimiter = Buffer.from(`--${boundary[1] ?? boundary[2] ?? ''}`);
  const parts: Part[] = [];
  let from = body.indexOf(delimiter);
  while (from >= 0) {
    const start = from + delimiter.length;
    const end = body.indexOf(delimiter, start);
    if (end < 0) break;
    const part = readPart(body.subarray(start, end));
    if (part) parts.push(part);
    from = end;
  }
  return parts;
}

/** A part lies between line breaks: headers, an empty line, content. */
function readPart(raw: Buffer): Part | undefined {
  const split = raw.indexOf('\r\n\r\n');
  if (split < 0) return undefined;
  const headers = raw.subarray(0, split).toString('utf8');
  const name = /content-disposition:[^\r\n]*\bname="([^"]*)"/i.exec(headers)?.[1];
  if (name === undefined) return undefined;
  const contentType = /content-type:\s*([^\r\n;]+)/i.exec(headers)?.[1] ?? 'text/plain';
  const content = raw.subarray(split + 4, raw.length - 2);
  return { name, contentType: contentType.trim().toLowerCase(), content };
}
