/** The real things behind the services, started small: for the launcher and integration tests. */
@NullMarked
package io.tributary.backends;

import org.jspecify.annotations.NullMarked;
