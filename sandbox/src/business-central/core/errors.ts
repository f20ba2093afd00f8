/** A refusal in the API's words; becomes `{"error": {"code", "message"}}`. */
export class ApiFault extends Error {
  public override readonly name = 'ApiFault';

  public constructor(
    public readonly status: number,
    /** Code of the list of OData error codes. */
    public readonly code: string,
    message: string,
    public readonly headers: Readonly<Record<string, string>> = {}
  ) {
    super(message);
  }
}

/** 400 `BadRequest`: unreadable body, unconvertible value, unusable query option. */
export const badRequest = (message: string): ApiFault => new ApiFault(400, 'BadRequest', message);

/** 400 `Application_DialogException`: application code raised an error. */
export const dialog = (message: string): ApiFault => new ApiFault(400, 'Application_DialogException', message);

/** 400 `Application_FieldValidationException`: a field test of the application failed. */
export const fieldTest = (message: string): ApiFault =>
  new ApiFault(400, 'Application_FieldValidationException', message);

/** 404 `BadRequest_ResourceNotFound`: unknown set or segment. */
export const segmentNotFound = (segment: string): ApiFault =>
  new ApiFault(404, 'BadRequest_ResourceNotFound', `Resource not found for the segment '${segment}'.`);

/** 404 `BadRequest_NotFound`: nothing at that key. */
export const rowNotFound = (key: string): ApiFault =>
  new ApiFault(404, 'BadRequest_NotFound', `Bad Request - Error in query syntax: no row has the key '${key}'.`);

/** 405: the verb is not allowed on the set. */
export const notAllowed = (method: string, set: string): ApiFault =>
  new ApiFault(
    405,
    'BadRequest_MethodNotAllowed',
    `'${method}' requests for '${set}' of EdmType 'Entity' are not allowed within Microsoft Dynamics 365 Business Central OData web services.`
  );

/** The record a field names does not exist. */
export const unrelated = (field: string, table: string, value: string, related: string): ApiFault =>
  new ApiFault(
    400,
    'Internal_InvalidTableRelation',
    `The field ${field} of table ${table} contains a value (${value}) that cannot be found in the related table (${related}).`
  );

/** A refusal of the token service, in Entra ID's shape. */
export class TokenFault extends Error {
  public override readonly name = 'TokenFault';

  public constructor(
    public readonly status: number,
    public readonly error: string,
    /** The number behind `AADSTS`. */
    public readonly number: number,
    message: string
  ) {
    super(message);
  }
}
