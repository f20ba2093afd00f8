import type { CryptoKey, JWK, JWTPayload } from 'jose';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import type { KeptValues } from '../store/database.js';

/** Made once per process: 2,048-bit keys take some 200 ms, which a test per stand-in would pay each time. */
let freshKey: Promise<JWK> | undefined;

async function generateKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return exportJWK(privateKey);
}

/** The tenant's signing key (RS256), kept in the database so that tokens outlive a restart. */
export class Signer {
  private constructor(
    private readonly privateKey: CryptoKey,
    private readonly publicKey: CryptoKey,
    public readonly publicJwk: JWK
  ) {}

  public static async open(kept: KeptValues): Promise<Signer> {
    let jwk = kept.get('identity', 'signing-key') as JWK | undefined;
    if (!jwk) {
      jwk = await (freshKey ??= generateKey());
      kept.set('identity', 'signing-key', jwk);
    }
    const publicJwk: JWK = { kty: 'RSA', n: jwk.n, e: jwk.e, use: 'sig' };
    publicJwk.kid = await calculateJwkThumbprint(publicJwk);
    return new Signer(
      (await importJWK(jwk, 'RS256')) as CryptoKey,
      (await importJWK(publicJwk, 'RS256')) as CryptoKey,
      publicJwk
    );
  }

  /** Signs a token. Times are seconds since the epoch. */
  public async sign(claims: JWTPayload): Promise<string> {
    const kid = this.publicJwk.kid as string;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(this.privateKey);
  }

  /** Claims of a valid token; throws jose's error when signature or times are wrong. */
  public async verify(token: string, now: Date): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, this.publicKey, { algorithms: ['RS256'], currentDate: now });
    return payload;
  }
}
