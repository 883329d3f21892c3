/** Which path goes to which service, which of its replicas takes it, and who is asked next. */
@NullMarked
package io.tributary.gateway.routes;

import org.jspecify.annotations.NullMarked;
