/** What an app and the public API say to each other (`/api/v1`). */
@NullMarked
package io.tributary.contracts.api;

import org.jspecify.annotations.NullMarked;
