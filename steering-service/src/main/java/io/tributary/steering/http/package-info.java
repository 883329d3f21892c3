/** The internal HTTP face. */
@NullMarked
package io.tributary.steering.http;

import org.jspecify.annotations.NullMarked;
