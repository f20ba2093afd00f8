/** The name `lightning/graphql` had before; deprecated, kept for components that still import it. */
export { gql, graphql } from 'lightning/graphql';
