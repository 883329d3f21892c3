/**
 * What players are told while a play runs: the document of HLS and DASH Content Steering, and the
 * signed state of a play that comes back with each question. Pure.
 */
@NullMarked
package io.tributary.steering.contentsteering;

import org.jspecify.annotations.NullMarked;
