/** Errors as RFC 9457 problem+json. */
@NullMarked
package io.tributary.gateway.problem;

import org.jspecify.annotations.NullMarked;
