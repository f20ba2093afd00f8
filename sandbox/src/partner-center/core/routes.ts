import type { ApiRequest, ServiceResponse } from './transport.js';

/** Which of the services behind the stand-in answers; faults, limits and error bodies differ. */
export type Host = 'referrals' | 'webhooks' | 'identity' | 'inbox';

export interface Route {
  host: Host;
  method: ApiRequest['method'];
  /** Path as people write it, `{name}` for a segment; also the name under which calls are counted. */
  path: string;
  handle(request: ApiRequest, params: Readonly<Record<string, string>>): ServiceResponse | Promise<ServiceResponse>;
}

interface CompiledRoute {
  route: Route;
  pattern: RegExp;
}

export interface RouteMatch {
  route: Route;
  params: Readonly<Record<string, string>>;
}

/** Finds routes by method and path. */
export class Router {
  private readonly routes: readonly CompiledRoute[];

  public constructor(routes: readonly Route[]) {
    this.routes = routes.map((route) => ({ route, pattern: compile(route.path) }));
  }

  /** The route, or the methods that the path takes instead, or nothing at all. */
  public match(request: ApiRequest): RouteMatch | { allowed: readonly string[] } {
    const found = this.routes.flatMap(({ route, pattern }) => {
      const match = pattern.exec(request.path);
      return match ? [{ route, params: { ...match.groups } }] : [];
    });
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    return (
      found.find((candidate) => candidate.route.method === method) ?? {
        allowed: found.map((candidate) => candidate.route.method)
      }
    );
  }
}

/** `/a/{id}` matches one segment, with slashes behind it allowed: the contract writes `/referrals/{id}//`. */
function compile(path: string): RegExp {
  const source = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}/*$`);
}
