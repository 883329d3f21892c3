/** What can go wrong in a play, with codes an app can act on. */
@NullMarked
package io.tributary.client.error;

import org.jspecify.annotations.NullMarked;
