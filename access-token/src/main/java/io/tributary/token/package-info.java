/**
 * Media tokens: CBOR Web Tokens (RFC 8392) signed as COSE_Sign1 (RFC 9052) with ES256 and carrying
 * Common Access Token claims (CTA-5007).
 */
@NullMarked
package io.tributary.token;

import org.jspecify.annotations.NullMarked;
