/** What a JSON property holds. Shapes describe the resource once: names, types, fixed values, and where null stands for absent. */
export type Shape =
  | { readonly kind: 'text' | 'number' | 'flag' | 'instant' | 'any' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly members: Readonly<Record<string, Shape>>; readonly nullable: boolean };

/** The TypeScript type of a bound value. Null is normal everywhere but in lists and required objects. */
export type FromShape<S> = S extends { kind: 'text' | 'instant' }
  ? string | null
  : S extends { kind: 'number' }
    ? number | null
    : S extends { kind: 'flag' }
      ? boolean | null
      : S extends { kind: 'choice'; values: readonly (infer V)[] }
        ? V | null
        : S extends { kind: 'list'; of: infer I }
          ? FromShape<I>[]
          : S extends { kind: 'object'; members: infer M; nullable: infer N }
            ? { -readonly [K in keyof M]: FromShape<M[K]> } | (N extends true ? null : never)
            : unknown;

export const text = { kind: 'text' } as const;
export const number = { kind: 'number' } as const;
export const flag = { kind: 'flag' } as const;
/** UTC instant, stored as the API prints it. */
export const instant = { kind: 'instant' } as const;
export const any = { kind: 'any' } as const;

export function choice<const V extends readonly string[]>(values: V): { readonly kind: 'choice'; readonly values: V } {
  return { kind: 'choice', values };
}

export function list<S extends Shape>(of: S): { readonly kind: 'list'; readonly of: S } {
  return { kind: 'list', of };
}

export function object<M extends Readonly<Record<string, Shape>>>(
  members: M
): { readonly kind: 'object'; readonly members: M; readonly nullable: false } {
  return { kind: 'object', members, nullable: false };
}

/** An object that is null as a whole when it was not sent. */
export function optional<M extends Readonly<Record<string, Shape>>>(
  members: M
): { readonly kind: 'object'; readonly members: M; readonly nullable: true } {
  return { kind: 'object', members, nullable: true };
}
