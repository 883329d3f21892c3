/** What of an API's description may change, and what was promised. */
@NullMarked
package io.tributary.description;

import org.jspecify.annotations.NullMarked;
