/** Bearer tokens at a servlet container's door. */
@NullMarked
package io.tributary.bearer.http;

import org.jspecify.annotations.NullMarked;
