/** What playback-service and steering-service say to each other (`/internal/v1/rankings`). */
@NullMarked
package io.tributary.contracts.steering;

import org.jspecify.annotations.NullMarked;
