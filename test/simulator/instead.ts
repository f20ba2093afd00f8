/** An object with some of its methods replaced; methods of classes need their own `this`. */
export function instead<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(object, member) {
      const other: unknown = Reflect.get(methods, member);
      if (other !== undefined) return other;
      const own: unknown = Reflect.get(object, member, object);
      return typeof own === 'function' ? (own as (...all: unknown[]) => unknown).bind(object) : own;
    }
  });
}
